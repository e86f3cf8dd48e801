# Taking a network along in open formats

command-export-files = Export for other programs…
export-title = Export for other programs
export-explained = A copy of “{ $name }” in files that are read without Tresse, to keep for as long as you like.
export-texts = The texts
export-texts-for = Charter, plan, minutes, pages… as Markdown, with the attached files.
export-tables = The tables
export-tables-for = Actions, objectives, members, decisions… as CSV, for a spreadsheet.
export-calendar = The calendar
export-calendar-for = Meetings and due dates, as iCalendar, for any calendar.
export-page = The network on one page
export-page-for = To read in a browser, or to print.
export-data = Everything, in one file
export-data-for = Everything that the network says, as JSON, to take up in a program.
export-documents = The documents with their whole history
export-documents-for = One .automerge file for each, with all its versions.
export-readable = Nothing in it is encrypted: whoever has the folder can read everything.
export-choose = Choose where to save it…
export-folder = { $name } { $what } { $date }
export-folder-texts = texts
export-folder-tables = tables
export-folder-calendar = calendar
export-folder-page = page
export-folder-data = data
export-folder-documents = documents

export-reading = “{ $name }”: { $done } documents read of { $all }
export-writing = “{ $name }”: { $done } written of { $all }
export-busy = Another export is under way. Wait until it is done, or stop it.

export-done =
    { $count ->
        [one] “{ $name }” is exported: { $count } file.
       *[other] “{ $name }” is exported: { $count } files.
    }
export-where = In { $folder }
export-files-absent =
    { $count ->
        [one] { $count } attached file is not in it: it is not on this device, or does not read there.
       *[other] { $count } attached files are not in it: they are not on this device, or do not read there.
    }
export-stopped = Stopped: nothing was written.
export-no-room = There is not enough room in that place: nothing was left there. Make some, or choose another folder.
export-not-written = That place could not be written: nothing was left there. Choose another folder.
export-nothing-left = Nothing was left in the place that you chose.
