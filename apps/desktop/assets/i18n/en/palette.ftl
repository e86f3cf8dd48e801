# Go to… (Ctrl + K)
command-palette = Go to…
palette-label = A command, a page, an action, a person…
palette-nothing = Nothing bears this name. Enter looks for these words in the pages.
palette-keys = Arrows choose, Enter goes there, Escape closes.
palette-command = Command
palette-network = Network
palette-meeting = Meeting
palette-page = Page
palette-objective = Objective
palette-group = Working group
palette-action = Action
palette-member = Member
