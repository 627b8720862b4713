package bolt

import (
	"errors"
	"fmt"
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
