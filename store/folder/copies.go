package folder

// CopiesName is the folder in a data folder that holds automatic copies.
const CopiesName = "backups"
