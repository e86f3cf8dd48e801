# Who decides what: devices, departures, returns, rules, mandates; and what to know of the copies

owner-vowel = { $name }’s
owner-plain = { $name }’s
and-more =
    { $count ->
        [one] and { $count } more…
       *[other] and { $count } more…
    }
sealed-author = The name is proved by the seal of the device that wrote.
consent-too = I consent too…

# Read only
band-title = Read only
band-left = You have left this network. The copy here can still be read; to write in it again, ask the members to take you back.
band-removed = The members ended your membership { $when }. The copy here can still be read, with everything you wrote; the members can take you back.
band-revoked = This device was declared lost: it no longer writes in this network. The copy here can still be read; the members can take you back on a fresh device.
band-readmitted = You go on in this network on another device. The copy here can still be read.
band-unknown = This device belongs to no member known here. The copy here can still be read; the members can take you back.

# Devices
machines-mine =
    { $count ->
        [one] My device in this network
       *[other] My devices in this network
    }
machine-line = Device { $machine }, added { $when }
machine-named = “{ $label }” ({ $machine })
machine-revoked = Device { $machine }, declared lost { $when }
machine-left = Device { $machine }, gone { $when }
machine-removed = Device { $machine }, out of the network { $when }
machine-readmitted = Device { $machine }, replaced { $when }
machine-this = this device
machine-here = connected
machine-lost = Lost or stolen…
machine-lost-name = Declare device { $machine } lost
lost-title = Lost or stolen device
lost-what = Device { $machine } will no longer be able to write in this network, nor to receive what follows. What it wrote so far stays.
lost-final = This is final: even if it is found, it cannot come back. It keeps the copy it already has.
lost-other-networks = This is for this network only: do the same in your other networks.
lost-confirm = Declare this device lost

# Leaving
network-leave = Leave this network…
leave-title = Leave “{ $name }”
leave-mine = The copy on your devices stays there, and you can always read it. You will no longer write in it, nor receive what others write.
leave-others = The others go on, with everything you wrote. To come back, members will have to take you back.
leave-alone = You are the only person in this network: nobody will be able to write in it any more.
leave-confirm = Leave this network

# What waits for consents
cases =
    { $count ->
        [one] One decision under way
       *[other] { $count } decisions under way
    }
case-removal = It is proposed that { $name } no longer be part of the network
case-removal-me = It is proposed that you no longer be part of the network
case-readmission = { $name } would like to go on here with device { $machine }
case-readmission-me = You ask to go on here with device { $machine }
case-rules = Other rules are proposed
case-progress =
    { $count ->
        [one] { $count } consent of { $need } needed, out of { $of } people.
       *[other] { $count } consents of { $need } needed, out of { $of } people.
    }
case-out-of-reach = { $need } consents would be needed, but { $of ->
        [one] only one person can give any
       *[other] only { $of } people can give any
    }: this cannot be done for now.
case-ready = There are enough consents. It will be done as soon as one of these people is connected.
case-consents = Consenting: { $names }
case-consent = { $name } ({ $when })
case-mine = You have consented
consents-short =
    { $count ->
        [one] Removal proposed: { $count } consent of { $need } needed.
       *[other] Removal proposed: { $count } consents of { $need } needed.
    }
consent-removal-name = Consent too to { $owner } removal
consent-readmission-name = Consent to { $owner } return
consent-rules-name = Consent to these rules
consent-final = Everybody will see who consented. A consent cannot be taken back.
consent-needed = Consents needed: { $who }.
consent-give = Give my consent

# Removing, taking back
member-more = More about { $name }
remove = Propose removal…
remove-propose = Propose this removal
remove-title = Propose { $owner } removal
remove-also-title = { $owner } removal
remove-what = If enough people consent, { $name } will no longer be able to write in this network, nor to receive what follows.
remove-work = Everything { $name } wrote stays. What came later would be set aside, and any member could take it up in their own name. { $name } keeps the copy already received.
remove-talk = If you can still talk to each other, talk first.
readmit-title = { $owner } return
readmit-what = { $name } will be able to read and write in this network with device { $machine }. Their other devices will no longer write.
readmit-check = Ask them in person whether this device really is theirs.

# Former members
former =
    { $count ->
        [one] { $count } former member
       *[other] { $count } former members
    }
former-left = { $name } left the network { $when }
former-removed = { $name } is no longer part of the network since { $day }, by consent of { $names }
former-revoked = { $name } has had no device in this network since { $day }
former-readmitted = { $name } goes on in another form since { $day }
day-today = today
day-date = { $date }

# Rules
rules = The network’s rules
rules-invite =
    { $count ->
        [one] To let somebody in: the invitation of a single member.
       *[other] To let somebody in: the same invitation made by { $count } members.
    }
rules-removal = To remove somebody: { $who }.
rules-readmission = To take somebody back: { $who }.
rules-change = To change these rules: { $who }.
quorum-others-majority = more than half of the other members, at least two
quorum-others-two-thirds = two thirds of the other members, at least two
quorum-others-all = all the other members
quorum-others-count =
    { $count ->
        [one] { $count } other member
       *[other] { $count } other members
    }
quorum-members-majority = more than half of the members
quorum-members-two-thirds = two thirds of the members
quorum-members-all = all the members
quorum-members-count =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
rules-propose = Propose other rules…
rules-propose-title = Propose other rules
rules-propose-explained = The rules in force stay until there are enough consents.
rules-field-invite = To let somebody in
rules-field-removal = To remove somebody
rules-field-readmission = To take somebody back
rules-field-change = To change these rules
rules-invite-option =
    { $count ->
        [one] the invitation of a single member
       *[other] the same invitation made by { $count } members
    }
rules-propose-confirm = Propose these rules
rules-adopt-title = Adopt other rules

# Mandates
mandates = Who holds which role
mandates-explained = A role says who takes care of what. It gives no further right over the texts.
mandates-none = Nobody has a role yet.
mandate-line = { $role }: { $name }
mandate-from = since { $from }
mandate-from-to = { $from } – { $to }
mandate-over = past its term
mandate-noted-by = recorded by { $names }
mandate-end = End the mandate: { $role }, { $name }
mandate-end-title = End a mandate
mandate-end-what = { $name } will no longer hold the role “{ $role }”. Nothing else changes.
mandate-end-confirm = End the mandate
mandate-give = Give a role…
mandate-give-title = Give a role
mandate-role = Role
mandate-role-other = Another role
mandate-role-text = Name of the role
mandate-holder = Who holds it
mandate-begin = From
mandate-until = Until (optional)
mandate-date-hint = 1 March 2027, tomorrow…
mandate-confirm = Give this role
role-pilot = Steering
role-coordinator = Coordination
role-facilitator = Facilitation
role-secretary = Secretary
role-treasurer = Treasurer


# Invitations by several
invitation-awaits =
    { $count ->
        [one] waits for { $count } more member
       *[other] waits for { $count } more members
    }
invite-endorse = Confirm too
invite-endorse-number = Confirm invitation { $number } too
invite-several =
    { $count ->
        [one] By the network’s rules, { $count } other member must confirm this invitation before it can be used.
       *[other] By the network’s rules, { $count } other members must confirm this invitation before it can be used.
    }

# What to know
troubles = What to know
trouble-fork =
    { $documents ->
        [one] { $owner } device wrote two different continuations of one copy, in one document. One is shown, the other is kept aside. No work is lost.
       *[other] { $owner } device wrote two different continuations of one copy, in { $documents } documents. One is shown, the other is kept aside. No work is lost.
    }
trouble-fork-why = This often comes from a folder that was copied or restored. Device { $machine }.
trouble-equivocation = { $owner } device signed two decisions of which neither takes the other into account. Both are kept.
trouble-equivocation-why = Ask { $name } whether their data was copied to another device. Device { $machine }.
trouble-acts =
    { $acts ->
        [one] One decision signed by { $owner } device does not count: it came after their departure, or does not follow the rules.
       *[other] { $acts } decisions signed by { $owner } device do not count: they came after their departure, or do not follow the rules.
    }
trouble-acts-why = There is nothing to do. Device { $machine }.
trouble-late =
    { $changes ->
        [one] One of { $owner } changes in “{ $title }” came after their departure: it is kept aside.
       *[other] { $changes } of { $owner } changes in “{ $title }” came after their departure: they are kept aside.
    }
trouble-branch =
    { $changes ->
        [one] One change of { $owner } second continuation in “{ $title }” is kept aside.
       *[other] { $changes } changes of { $owner } second continuation in “{ $title }” are kept aside.
    }
trouble-adopt-why = You can take this up in your own name, and undo it afterwards if it does not fit.
trouble-fallen =
    { $changes ->
        [one] One of { $owner } changes in “{ $title }” rested on a continuation that is kept aside.
       *[other] { $changes } of { $owner } changes in “{ $title }” rested on a continuation that is kept aside.
    }
trouble-fallen-why = There is nothing to do: their device writes them again by itself.
trouble-refused =
    { $times ->
        [one] A change of “{ $title }”, passed on by { $owner } device, was not kept.
       *[other] Changes of “{ $title }”, passed on { $times } times by { $owner } device, were not kept.
    }
trouble-refused-why = { $reason } { $name } is not necessarily the author. Last time: { $when }.
trouble-adopt = Take up
trouble-adopt-name = Take up { $owner } work in “{ $title }”
the-charter = the charter
the-plan = the action plan
the-network = the home page
a-notebook = a card
