# Overview, ties between networks, starting frame, “since your last visit”, photo

home-for-me = For me
home-overview = Overview

overview-print = Print
overview-file = Overview - { $name }.html
print-ready = The page is saved and opens to be printed: { $name }
overview-purposes-empty = Nobody has written yet why this network exists.
overview-open = open membership
overview-closed = closed membership
overview-review = to be reviewed on { $date }
overview-objectives-empty = No objective yet.
overview-percent = { $percent }%
overview-mandates = Who holds which mandate
overview-mandates-empty = No current mandate.
overview-mandates-go = Give a mandate
overview-until = until { $date }
overview-no-end = without an end date
overview-finished = Finished lately
overview-finished-action = action done
overview-finished-objective = objective reached
overview-finished-group = group closed
overview-finished-decision = decision taken
overview-finished-meeting = meeting held
overview-on = on { $date }
overview-directory = Directory
overview-no-organisation = No organisation named

ties = Ties to other networks
ties-empty = Is this network part of another one, or does it work with another? Say so here.
tie-add = Add a tie
tie-title = Tie this network to another
tie-explained = You choose among your own networks.
tie-other = The other network
tie-kind = Which tie?
tie-part-of = Part of
tie-has-part = Includes
tie-partner = Partner of
tie-words = A few words (optional)
tie-words-hint = For example: we have a vote there
tie-what-is-told = All members of this network will read the other network’s name and your few words, even if they are not in it. Nothing else is passed on: neither its members nor its pages.
tie-make = Make the tie
tie-remove = Remove the tie to { $name }
tie-with = Tie to { $name }
tie-said = { $kind }: { $words }
tie-removed = Tie removed

frame-hint = A starting frame
frame-hint-explained = Your purposes suggest headings for the charter, objectives and their indicators. Nothing is added without you.
frame-open = See the suggestions
frame-title = Starting frame
frame-explained = Tick what helps you begin. Everything can be changed and undone afterwards.
frame-empty = First choose what the network is for: the suggestions follow from it.
frame-heading = Charter: { $title }
frame-objective = Objective: { $title }
frame-indicators = Indicators: { $list }
frame-there = It is there already.
frame-add = Add what is ticked
network-kind-words = Another purpose

create-kind-brings = Each choice brings a few headings to the charter, which you may change or delete.
create-template = Begin with a template from a file
create-template-explained = Optional: a template prepared by you or by another network.
create-template-chosen = Template: { $name }
created-without-template = The network is created and you are in it, but the template could not be taken over in full. { $detail }
create-template-remove = Do not use this template
pick-template = Choose a template
pick-template-files = Network templates
template-broken = This template cannot be used: there is a mistake on line { $line } of the file. { $detail } Correct the file, or choose another one.
template-unknown = The word “{ $name }” is not known there.
template-missing = “{ $name }” is missing there.
template-empty = A text there is empty.
template-twice = “{ $name }” stands there twice.
template-long = This is too long: { $count } characters at most.
template-many = There are too many things of one kind: { $count } at most.
template-newer = This template is made for another version of Tresse.
template-line = A title stands on one line.
template-no-text = This file is no text.
template-cut = The file ends too early: its end is missing.
template-other-sort = What is written there is of another kind than is awaited: a text, a list, or a group in braces.
template-sign = A sign is missing there or one too many: a quotation mark, a comma, a bracket or a brace.

since = Since your last visit
since-nothing = Nothing has moved since.
since-all-seen = All seen
since-all-seen-explained = The list starts again from now, on your other devices too.
since-new = new
since-others =
    { $count ->
        [one] and one other person
       *[other] and { $count } other people
    }
since-more =
    { $count ->
        [one] and one more document
       *[other] and { $count } more documents
    }

photo-choose = Choose a photo
photo-explained = All members of this network will see it. It is cut square and made small.
photo-remove = Remove the photo
photo-kept = Your photo is in place
pick-photo = Choose a photo
pick-photo-files = Photos
