# Taking stock: going on, closing a network, opening it again; report and archive

rail-closed = Closed
home-closing = Take stock
palette-closing = Take stock: go on with or close this network

closing-question = Has the network met its purpose?
closing-no-purpose = Nobody has written yet why this network exists.
closing-decide-hint = To talk about it with everybody before you make up your mind, ask the network: the question becomes a decision, which the closing can name.
closing-decide = Ask the network
review-none = No day is set for taking stock.
review-today = Today the network takes stock.
review-past =
    { $count ->
        [one] The network was to take stock yesterday.
       *[other] The network was to take stock { $count } days ago.
    }
review-ahead =
    { $count ->
        [one] The network takes stock tomorrow.
       *[other] The network takes stock in { $count } days.
    }
review-set = The next day for taking stock is set. You can change it.
review-next = Go on, and take stock again on

closing-end = Close the network
closing-end-what = A network that has had its time ends well: its members say how, the report is made, and everybody can still read all of it. It can also go on in another network.
closing-needed =
    { $of ->
        [one] You are the only person in this network: your consent is enough.
       *[other] It takes the consent of { $need } members of { $of }, as for a change of the rules.
    }
closing-propose = Propose to close…
closing-propose-otherwise = Propose another ending…
closing-proposed = { $name } proposes to close the network
closing-mine = You have consented
closing-withdraw = Take my agreement back
closing-consent = I consent…
closing-said-yes = In favour: { $names }

closing-propose-title = Propose to close the network
closing-now = Close the network now
reopening-now = Open the network again now
closing-propose-confirm = Propose this closing
closing-consent-title = Close the network?
closing-talk = Talk about it with each other first. Everybody will see this proposal on their first page.
closing-outcome = How the network ends
outcome-purpose-met = Its purpose is met
outcome-no-longer-needed = It is no longer needed
outcome-merged = It goes on in another network
closing-into = In which network it goes on
closing-into-other = another network…
closing-into-name = Name of that other network
closing-into-name-hint = E.g. Shared Gardens Network
closing-words = What you want to say of it
closing-words-hint = What was done, what is left of it, thanks…
closing-decision = After which decision
closing-decision-none = none
closing-what-follows = Once the network is closed nobody writes in it any more. All of it can still be read and exported, the report and an archive are made on every member’s device, and as many members can open it again.

ends-purpose-met = Its purpose is met.
ends-no-longer-needed = It is no longer needed.
ends-merged = It goes on in “{ $name }”.
closing-after-decision = After the decision “{ $title }”
closing-go-on = Go to “{ $name }”

closed-title = Network closed { $when }
closed-by = In favour: { $names }.
closed-what = Nobody writes in it any more. All of it can be read; it can be exported and its archive kept, and everybody can still leave or report a device lost.
closed-band = Nobody writes in it any more; all of it can be read.
closed-band-more = Report, archive, reopening
closed-after = Written elsewhere after the closing
closed-after-what = Members who did not know yet that the network was closed wrote this, by their devices’ clocks. Nothing is lost: their work counts.
closed-after-by = { $name }, { $when }

reopening = Open the network again
reopening-what = A network that is opened again goes on exactly where it was: all members write in it again.
reopening-propose = Propose to reopen…
reopening-title = Open the network again
reopening-words = Why open it again
reopening-words-hint = What is left to do, what has changed…
reopening-confirm = Propose to reopen it
reopening-proposed = { $name } proposes to open the network again.
reopening-consent = I consent to reopening…

closing-past = Earlier closings
closing-past-one = Closed { $when }. { $how }
closing-past-reopened = Opened again { $when }.

archive = Report and archive
archive-what = The report says what the network wanted, who was in it and what was done. The archive keeps the whole network in files that can be read without Tresse.
archive-make = Make the report and the archive
archive-again = Make them again
archive-open = Open the report
archive-current = up to date, made on { $day }
archive-older = made on { $day }; the network has changed since
archive-folder = In the folder of your data: { $folder }
archive-soon = The report and the archive are made by themselves in a moment.
archive-gathering = Archive under way: { $done } documents of { $all }. You can go on working.
archive-writing = Archive under way: writing the files…
archive-protected = Your data are protected on this device, but an archive can be read without a passphrase: so it is only made if you ask for it.
archive-made = The report and the archive are in { $folder }

asked-review = Take stock: has the network met its purpose?
asked-closing = { $name } proposes to close the network: say what you think
asked-reopening = { $name } proposes to open the network again: say what you think
asked-archive = The network is closed: keep the report and the archive
