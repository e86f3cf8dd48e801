# Attachments

attachments = { $count ->
    [one] { $count } attachment
   *[other] { $count } attachments
}
attachment-add = Attach a file…
attachment-add-hint = Or drop it on the window. 2 GB at the most.
attachment-adding = “{ $name }”: { $percent }%
attachment-open = Open “{ $name }”
attachment-by = “{ $file }”, attached by { $name }
attachment-details = { $size } · { $place }
attachment-here = here
attachment-coming = under way, { $percent }%
attachment-elsewhere = on demand
attachment-part = begun, can go on
attachment-out-of-reach = nobody who has it can be reached
attachment-damaged = damaged here, coming anew
attachment-damaged-out-of-reach = damaged here, and nobody else who has it can be reached
attachment-is-here = “{ $name }” is on this machine
attachment-fetch = Fetch “{ $name }”
attachment-stop = Stop “{ $name }”
attachment-save = Save “{ $name }” as…
attachment-remove = Remove “{ $name }”
attachment-removed = Removed: “{ $name }”
attachment-not-opened = “{ $name }” may be a program: Tresse does not open it. Save it, if you know what it is.
attachment-opened = “{ $name }” opens as a copy: what you change in it does not come back here. Attach the changed file instead.
attachment-no-program = “{ $name }” does not open ({ $reason }). Save it to open it yourself.
pick-attachment = Attach a file
files-title = The network’s files
files-settings = The network’s files
files-always = Fetch files by themselves, on this machine
files-always-explained = They are then there without a connection. Otherwise each file comes when you ask for it.
attachment-preview = Preview of “{ $name }”
files-most = No larger than
files-total = And in all, at most
files-disk-use = The files of all your networks take { $size } on this machine, encrypted. A removed file is deleted after thirty days. The profile’s backup takes along those that are here.
files-count = { $count ->
    [0] No file is attached in this network.
    [one] { $count } attached file
   *[other] { $count } attached files
}
files-row = { $title } · { $size } · { $place }
