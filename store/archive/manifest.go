package archive

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
)

// ManifestName is the file of an exported folder that lists the others.
const ManifestName = "manifest.json"

// manifest is the list of an exported folder's files, with the head of the log
// at which they stand. It is written a file a line, so that a difference is
// a line.
func manifest(told *Story, files []File) File {
	var b bytes.Buffer
	b.WriteString("{\n  \"head\": \"" + hex.EncodeToString(told.filed.Head[:]) + "\",\n  \"files\": [")
	for i, f := range files {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n    ")
		line, _ := json.Marshal(f) // three strings: it can't fail
		b.Write(line)
	}
	b.WriteString("\n  ]\n}\n")
	return newFile(ManifestName, "材料清单", b.Bytes())
}
