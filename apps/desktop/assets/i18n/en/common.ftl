# Words shared by several views

work-beginning = One moment…
work-meanwhile = You can close this and go on working.
work-stop = Stop
work-open-folder = Open the folder
work-folder-not-shown = The folder could not be opened: { $reason }
