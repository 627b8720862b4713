package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"pingyi/meeting/paper/doc"
	"pingyi/store/archive"
)

// batch is how many papers are converted before somebody hears how far it is.
const batch = 8

// addPDF writes the papers as PDF too, if that is wanted and LibreOffice is
// installed; where it is not, one line says how. A PDF is in no manifest: LibreOffice
// puts the clock into it.
func (d *desk) addPDF(ctx context.Context, w wanted, render func(archive.Press) ([]archive.File, error)) error {
	if _, pdf, _ := w.format(); !pdf {
		return nil
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		d.progress("没有写 PDF：这台机器上没有 LibreOffice。装上再写（Debian：apt-get install libreoffice-writer libreoffice-calc），或在 Word、WPS 里另存为 PDF")
		return nil
	}
	press, err := d.press(w)
	if err != nil {
		return err
	}
	press.Formats = []doc.Format{doc.Word, doc.Excel}
	files, err := waited(ctx, func() ([]archive.File, error) { return render(press) })
	if err != nil {
		return err
	}
	from, err := os.MkdirTemp("", "pingyi-pdf-")
	if err != nil {
		return failf("没有地方放转换用的文件：%w", err)
	}
	defer os.RemoveAll(from)
	if err := archive.Write(ctx, from, once(files)); err != nil {
		return err
	}
	list, err := filepath.Glob(filepath.Join(from, "*.*x"))
	if err != nil {
		return err
	}
	for i := 0; i < len(list); i += batch {
		some := list[i:min(i+batch, len(list))]
		args := append([]string{"--headless", "-env:UserInstallation=file://" + filepath.Join(from, "office"), "--convert-to", "pdf", "--outdir", filepath.Join(from, "pdf")}, some...)
		if text, err := exec.CommandContext(ctx, office, args...).CombinedOutput(); err != nil {
			return failf("LibreOffice 没有写成 PDF：%w：%s", err, strings.TrimSpace(string(text)))
		}
		d.progress("PDF %d/%d", min(i+batch, len(list)), len(list))
	}
	if err := movePDF(ctx, filepath.Join(from, "pdf"), d.path(w.out)); err != nil {
		return err
	}
	for _, f := range once(files) {
		if !w.asJSON {
			fmt.Fprintf(d.out, "%s.pdf\t%s\n", strings.TrimSuffix(f.Name, filepath.Ext(f.Name)), f.Title)
		}
	}
	return nil
}

// movePDF writes the converted papers where they are wanted, as papers are written:
// LibreOffice would let others read them.
func movePDF(ctx context.Context, from, to string) error {
	names, err := filepath.Glob(filepath.Join(from, "*.pdf"))
	if err != nil {
		return err
	}
	files := make([]archive.File, len(names))
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return failf("读不了 LibreOffice 写的文件：%w", err)
		}
		files[i] = archive.File{Name: filepath.Base(name), Data: data}
	}
	return archive.Write(ctx, to, files)
}

// once are the papers that LibreOffice opens, each in one format: Word's where it
// has that.
func once(files []archive.File) []archive.File {
	has := map[string]bool{}
	for _, f := range files {
		if strings.HasSuffix(f.Name, ".docx") {
			has[strings.TrimSuffix(f.Name, ".docx")] = true
		}
	}
	var list []archive.File
	for _, f := range files {
		name, sheet := strings.CutSuffix(f.Name, ".xlsx")
		if strings.HasSuffix(f.Name, ".docx") || sheet && !has[name] {
			list = append(list, f)
		}
	}
	return list
}
