# Library

library-search = Search the pages
library-import = Import a Markdown file
library-bin =
    { $count ->
        [0] Bin (empty)
       *[other] Bin ({ $count })
    }
library-empty = No page yet
library-empty-hint = Minutes, how-to sheets, tools: what the network wants to keep is written here, together.
library-nothing-found = No page matches.
bin = Bin
bin-empty = The bin is empty.
tag-filter = Filter by “{ $tag }” ({ $count })
tag-add = Add a tag
tag-remove = Remove the tag “{ $tag }”
page-new = New page
page-make = Create the page
page-title = Page title
page-title-hint = For example: Minutes of the May meeting
page-open = Open the page “{ $title }”
page-restore = Put “{ $title }” back in the library
page-changed = { $name }, { $when }
page-none = Choose a page
page-none-hint = It opens here, with its preview.
page-first = Write a first page
page-opening = The page is opening…
page-back = Back to the list
page-to-bin = Put the page in the bin
page-in-bin = This page is in the bin.
page-take-out = Put it back in the library
