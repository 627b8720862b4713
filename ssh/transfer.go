package ssh

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
	"testing/fstest"
	"time"

	charm "charm.land/ssh"
	"charm.land/wish/v2/scp"
	"github.com/pkg/sftp"

	"pingyi/meeting"
)

// Papers come over scp and sftp too: papers/NAME, for the superior
// papers/BRANCH/NAME beside their own. What is sent is a picture of this moment in
// memory, so that a name is looked up and never becomes a path, and nothing can be
// written.

// shelf is the folder that a person sees.
const shelf = "papers"

// library are the papers that a person may have now, as files. One is rendered when
// somebody looks at it, and all of a folder when that is listed: a list has their sizes.
// It is safe for concurrent use.
type library struct {
	now time.Time

	mu    sync.Mutex
	files fstest.MapFS
	left  map[string]File // those that nobody has looked at
}

// library returns the papers that a person may have now.
func (s *Server) library(ctx context.Context, who person) (*library, error) {
	l := &library{now: s.config.Now(), files: fstest.MapFS{shelf: {Mode: fs.ModeDir | 0o700}}, left: map[string]File{}}
	put := func(dir string, list []File) {
		for _, f := range list {
			l.left[path.Join(dir, f.Name)] = f
		}
	}
	if who.above == nil {
		list, err := s.papersOf(ctx, who.room.Own(), who.id)
		put(shelf, list)
		return l, err
	}
	list, err := s.organisationPapers(ctx)
	if err != nil {
		return nil, err
	}
	put(shelf, list)
	rooms, err := s.config.Halls(ctx)
	if err != nil {
		return nil, err
	}
	p, _ := s.superiorOf(who.id)
	for _, room := range rooms {
		list, err := s.papersOf(ctx, room.Own().Knowing(&p), meeting.SuperiorID(p.ID))
		if err != nil {
			return nil, err
		}
		dir := path.Join(shelf, room.Own().Branch.ID)
		if len(list) > 0 {
			l.files[dir] = &fstest.MapFile{Mode: fs.ModeDir | 0o700}
		}
		put(dir, list)
	}
	return l, nil
}

// render renders a paper that nobody has looked at.
func (l *library) render(name string) error {
	f, is := l.left[name]
	if !is {
		return nil
	}
	data, err := f.Content()
	if err != nil {
		return err
	}
	delete(l.left, name)
	l.files[name] = &fstest.MapFile{Data: data, Mode: 0o600, ModTime: l.now}
	return nil
}

// Open is [fs.FS].
func (l *library) Open(name string) (fs.File, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.render(name)
	for paper := range l.left {
		if path.Dir(paper) == name {
			err = errors.Join(err, l.render(paper))
		}
	}
	if err != nil {
		return nil, err
	}
	return l.files.Open(name)
}

// Stat is [fs.StatFS].
func (l *library) Stat(name string) (fs.FileInfo, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.render(name); err != nil {
		return nil, err
	}
	return l.files.Stat(name)
}

// papersOf are the papers of a branch that somebody may have.
func (s *Server) papersOf(ctx context.Context, state *meeting.State, who meeting.MemberID) ([]File, error) {
	if s.config.Papers == nil {
		return nil, nil
	}
	return s.config.Papers(ctx, state, who)
}

// organisationPapers are the papers of the organisation.
func (s *Server) organisationPapers(ctx context.Context) ([]File, error) {
	if s.config.OrganisationPapers == nil {
		return nil, nil
	}
	return s.config.OrganisationPapers(ctx)
}

// copies reports whether a session copies files by the old protocol of scp.
func copies(sess charm.Session) bool {
	raw := sess.RawCommand() // which is split at a cost of the square of its length
	return len(raw) <= maxLine && strings.HasPrefix(raw, "scp ") && scp.GetInfo(sess.Command()).Ok
}

// scp sends papers by the old protocol (scp -O); it takes none.
func (s *Server) scp(sess charm.Session, one *session) (exit int) {
	defer one.endsWith(sess)()
	if err := s.sends(sess, one, scp.GetInfo(sess.Command())); err != nil {
		s.log.Info("scp", "branch", one.at.branch, "who", one.at.id, "err", err)
		var plain sentence
		if !errors.As(err, &plain) {
			plain = "材料没有取成：请稍后再取，或告诉主持人。"
		}
		_, _ = io.WriteString(sess, "\x02"+string(plain)+"\n")
		return exitFailed
	}
	return exitOK
}

func (s *Server) sends(sess charm.Session, one *session, asked scp.Info) error {
	if asked.Op != scp.OpCopyToClient {
		return sentence("材料只能取，不能存：请把文件交给主持人，或用 file add。")
	}
	files, err := s.library(one, one.who)
	if err != nil {
		return err
	}
	names, err := fs.Glob(files, cmp.Or(strings.TrimPrefix(path.Clean("/"+asked.Path), "/"), shelf))
	if err != nil || len(names) == 0 {
		return sentence("没有这份材料：用 papers 看有哪些。")
	}
	to := copying{sess, files}
	if err := to.confirmed(); err != nil {
		return err
	}
	for _, name := range names {
		if err := to.copy(name, asked.Recursive); err != nil {
			return err
		}
	}
	s.log.Info("scp", "branch", one.at.branch, "who", one.at.id)
	return nil
}

// copying is the sending side of scp's old protocol. The client confirms every line
// and every file; who goes on without waiting hangs up on it, which it calls a lost
// connection (Wish's scp does).
type copying struct {
	charm.Session
	files fs.FS
}

// confirmed waits for the client.
func (c copying) confirmed() error {
	var answer [1]byte
	if _, err := io.ReadFull(c, answer[:]); err != nil {
		return err
	}
	if answer[0] != 0 {
		return errors.New("the client takes no more")
	}
	return nil
}

// say writes a line of the protocol.
func (c copying) say(format string, args ...any) error {
	if _, err := fmt.Fprintf(c, format+"\n", args...); err != nil {
		return err
	}
	return c.confirmed()
}

// copy sends a file, or a folder with what is in it.
func (c copying) copy(name string, folders bool) error {
	info, err := fs.Stat(c.files, name)
	switch {
	case err != nil:
		return err
	case info.IsDir() && !folders:
		return sentence("这是一个文件夹：请用 scp -r 取。")
	case info.IsDir():
		return c.copyFolder(name, info)
	}
	data, err := fs.ReadFile(c.files, name)
	if err != nil {
		return err
	}
	if err := c.say("C%04o %d %s", info.Mode().Perm(), len(data), info.Name()); err != nil {
		return err
	}
	if _, err := c.Write(append(data[:len(data):len(data)], 0)); err != nil {
		return err
	}
	return c.confirmed()
}

func (c copying) copyFolder(name string, info fs.FileInfo) error {
	if err := c.say("D%04o 0 %s", info.Mode().Perm(), info.Name()); err != nil {
		return err
	}
	entries, err := fs.ReadDir(c.files, name)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := c.copy(path.Join(name, e.Name()), true); err != nil {
			return err
		}
	}
	return c.say("E")
}

// endsWith ends the channel when the session is asked to leave, and says why; the
// function that it returns ends the waiting for that.
func (s *session) endsWith(sess charm.Session) (over func()) {
	done := make(chan struct{})
	s.running.Go(func() {
		select {
		case <-s.stay.Done():
			if why := s.asked(); why != "" {
				fmt.Fprintln(sess.Stderr(), why)
				_ = sess.Exit(exitFailed) // it serves nobody any longer
			}
		case <-done:
		}
	})
	return func() { close(done) }
}

// sftp serves papers to the client's sftp, scp or file manager until it leaves.
func (s *Server) sftp(sess charm.Session) {
	one, ok := sess.Context().(*session)
	if !ok {
		return
	}
	defer one.running.Done() // counted by begins
	files, err := s.library(one, one.who)
	if err != nil {
		s.log.Error("papers can't be made", "branch", one.at.branch, "err", err)
		_ = sess.Exit(exitFailed)
		return
	}
	s.log.Info("sftp", "branch", one.at.branch, "who", one.at.id)
	defer one.endsWith(sess)()
	reader := shelves{files}
	server := sftp.NewRequestServer(sess, sftp.Handlers{FileGet: reader, FilePut: reader, FileCmd: reader, FileList: reader})
	if err := server.Serve(); err == nil || errors.Is(err, io.EOF) {
		_ = sess.Exit(exitOK)
	}
}

// shelves serves files that are only read.
type shelves struct{ files fs.FS }

// named is the name of a file as an [fs.FS] wants it.
func named(r *sftp.Request) string {
	if name := strings.TrimPrefix(path.Clean("/"+r.Filepath), "/"); name != "" {
		return name
	}
	return "."
}

// Fileread returns the content of a file.
func (s shelves) Fileread(r *sftp.Request) (io.ReaderAt, error) {
	b, err := fs.ReadFile(s.files, named(r))
	if err != nil {
		return nil, toldOf(err)
	}
	return bytes.NewReader(b), nil
}

// toldOf is what a client is told: there is no such file, or it could not be made.
func toldOf(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return sftp.ErrSSHFxNoSuchFile
	}
	return sftp.ErrSSHFxFailure
}

// Filewrite refuses to write.
func (shelves) Filewrite(*sftp.Request) (io.WriterAt, error) {
	return nil, sftp.ErrSSHFxPermissionDenied
}

// Filecmd refuses to change anything.
func (shelves) Filecmd(*sftp.Request) error { return sftp.ErrSSHFxPermissionDenied }

// Filelist returns what is in a folder, or what a file is.
func (s shelves) Filelist(r *sftp.Request) (sftp.ListerAt, error) {
	name := named(r)
	if r.Method != "List" {
		info, err := fs.Stat(s.files, name)
		if err != nil {
			return nil, toldOf(err)
		}
		return listed{info}, nil
	}
	entries, err := fs.ReadDir(s.files, name)
	if err != nil {
		return nil, toldOf(err)
	}
	var list listed
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		list = append(list, info)
	}
	return list, nil
}

// listed is a list that a client reads in parts.
type listed []fs.FileInfo

// ListAt copies what begins at a place.
func (l listed) ListAt(to []fs.FileInfo, from int64) (int, error) {
	if from < 0 || from >= int64(len(l)) {
		return 0, io.EOF
	}
	n := copy(to, l[from:])
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}
