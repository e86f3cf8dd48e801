# By USB stick: a network’s work carried by hand

command-export = Export for a USB stick…
command-import = Import…
carry-title = By USB stick
carry-why = Without Wi-Fi or internet, work goes from one device to another in a file.
carry-export-title = Export for a USB stick
carry-explained = The network’s work fits in one encrypted file, which only its members, and who once was one, can read. Copy it to a USB stick; the other person imports it in Tresse (Ctrl + O), or drops it on the window. Attached files are not in it: they come when the devices meet.
carry-alone = Nobody else is in this network yet. The file lets nobody in: invite somebody first.
carry-whom = For whom
carry-anybody = Any member
carry-anybody-explained = The whole network is in the file: it suits everybody.
carry-somebody-explained = The file holds only what this device did not have when you last met.
carry-machine = { $name }: { $machine }
carry-make = Choose where to save it…
carry-file = { $name } { $date }
carry-file-for = { $name } for { $whom } { $date }

carry-making = Preparing the file: { $done } documents of { $all }
carry-taking = Reading the file: { $done } documents of { $all }
carry-busy = Another file is under way. Wait until it is done, or stop it.
carry-see = See what changed

carry-made =
    { $count ->
        [one] “{ $name }” is ready: { $count } document, { $size }.
       *[other] “{ $name }” is ready: { $count } documents, { $size }.
    }
carry-made-nothing-new = “{ $name }” is ready, but nothing has changed since you last met: it only says who is a member.
carry-made-next = Wait until the computer lets you remove the stick, then bring it to the other person.
carry-left-out =
    { $count ->
        [one] { $count } document could not be put into it: it is damaged on this device, or too large.
       *[other] { $count } documents could not be put into it: they are damaged on this device, or too large.
    }
carry-size-kb = { $count } kB
carry-size-mb = { $count } MB
carry-size-gb = { $count } GB

carry-taken = { $changes } from { $people }, in “{ $name }”.
carry-changes =
    { $count ->
        [one] { $count } change received
       *[other] { $count } changes received
    }
carry-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
carry-by = Written by: { $names }
carry-taken-acts = Nothing new in the documents of “{ $name }”. What concerns its members is up to date.
carry-taken-nothing = Nothing new: you already had all that this file holds of “{ $name }”.
carry-taken-none = Nothing was taken into “{ $name }”.
carry-refused =
    { $count ->
        [one] { $count } document was not taken.
       *[other] { $count } documents were not taken.
    }
carry-stopped-making = Stopped: no file was written.
carry-stopped-taking = Stopped: what was already taken stays, and the rest comes if you import the file again.
carry-too-long-to-make = The whole network does not fit in one file. Choose whom it is for: it will hold only what they lack.
carry-too-long-to-take = This file is too large to come from Tresse. Ask for another one.
carry-no-room = There is not enough room there. Make some, or choose another stick.
