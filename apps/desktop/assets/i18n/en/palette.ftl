# Go to… (Ctrl + K)
command-palette = Go to…
palette-label = A command, a page, an action, a person…
palette-nothing = Nothing has this name, and no text has these words.
palette-no-name = Nothing has this name.
palette-keys = Arrows choose, Enter goes there, Escape closes.
palette-command = Command
palette-network = Network
palette-meeting = Meeting
palette-page = Page
palette-charter = Charter
palette-objective = Objective
palette-group = Working group
palette-action = Action
palette-member = Member
