# Words shared by several views
