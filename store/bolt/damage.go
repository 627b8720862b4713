package bolt

import (
	"errors"
	"fmt"
	"strings"
)

var (
	// ErrInUse says that another process holds the file.
	ErrInUse = errors.New("数据文件正被另一个程序使用,请先关闭那个程序")
	// ErrDisk says that a write failed and whether it is in the file is unknown: every later Append of the shelf gives it too, until the
	// file is opened again.
	ErrDisk = errors.New("写入数据文件失败,已停止保存;请检查磁盘空间,然后重新启动程序")
	// ErrUnreadable says that a file is none of ours, or that not one record in it is whole. It is left as it is.
	ErrUnreadable = errors.New("文件不是评议系统的数据,或者已经完全损坏;请检查路径,或用备份恢复")
)

// DamageError says that a file is damaged in the middle: a record is missing although later ones are there. The file is left as it is.
type DamageError struct {
	Branch string
	Seq    uint64 // the first record that is not whole
}

// Error names the place and says what to do.
func (e *DamageError) Error() string {
	return fmt.Sprintf("数据文件在支部 %s 的第 %d 条记录处损坏,不能打开,请用备份恢复", e.Branch, e.Seq)
}

// Loss is what a branch lost at the damaged end of a file.
type Loss struct {
	Branch string
	Kept   uint64 // records 1 … Kept are there
	Had    uint64 // records that there were, as far as the file still tells
}

// Repair tells what Open did to a file that was damaged at its end or in its index.
type Repair struct {
	Why    error  // what was found damaged first
	Kept   string // where the damaged file was put aside
	Lost   []Loss // sorted by branch; empty when no record was lost
	Unsure bool   // the file no longer tells how many records there were: more than Lost may be missing
}

// String is the report for a person.
func (r *Repair) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "数据文件有损坏(%v),已修复。", r.Why)
	for _, l := range r.Lost {
		fmt.Fprintf(&b, "支部 %s 保留到第 %d 条记录,丢失 %d 条。", l.Branch, l.Kept, l.Had-l.Kept)
	}
	switch {
	case r.Unsure:
		b.WriteString("文件末尾是否还有别的记录已无法确认,请核对最近的操作。")
	case len(r.Lost) == 0:
		b.WriteString("记录没有丢失。")
	}
	fmt.Fprintf(&b, "损坏的原文件保存在 %s。", r.Kept)
	return b.String()
}
