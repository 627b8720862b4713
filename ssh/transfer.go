package ssh

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"

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

// library returns the papers that a person may have now, as files.
func (s *Server) library(ctx context.Context, who person) (fs.FS, error) {
	files := fstest.MapFS{shelf: {Mode: fs.ModeDir | 0o700}}
	put := func(dir string, list []File) {
		for _, f := range list {
			files[path.Join(dir, f.Name)] = &fstest.MapFile{Data: f.Content, Mode: 0o600, ModTime: s.config.Now()}
		}
	}
	if who.above == nil {
		list, err := s.papersOf(ctx, who.room.Own(), who.id)
		put(shelf, list)
		return files, err
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
		put(path.Join(shelf, room.Own().Branch.ID), list)
	}
	return files, nil
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
func copies(sess charm.Session) bool { return scp.GetInfo(sess.Command()).Ok }

// scp sends papers by the old protocol (scp -O); it takes none.
func (s *Server) scp(sess charm.Session, one *session) {
	if scp.GetInfo(sess.Command()).Op != scp.OpCopyToClient {
		_, _ = io.WriteString(sess, "\x02材料只能取，不能存：请把文件交给主持人，或用 file add。\n")
		_ = sess.Exit(exitFailed)
		return
	}
	files, err := s.library(one, one.who)
	if err != nil {
		s.log.Error("papers can't be made", "branch", one.at.branch, "err", err)
		_, _ = io.WriteString(sess, "\x02材料没有写成：请稍后再取，或告诉主持人。\n")
		_ = sess.Exit(exitFailed)
		return
	}
	s.log.Info("scp", "branch", one.at.branch, "who", one.at.id)
	scp.Middleware(scp.NewFSReadHandler(files), nil)(func(charm.Session) {})(sess)
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
	over := make(chan struct{})
	one.running.Go(func() {
		select {
		case <-one.goodbye:
			_ = sess.Close() // it is serving no longer
		case <-over:
		}
	})
	reader := shelves{files}
	server := sftp.NewRequestServer(sess, sftp.Handlers{FileGet: reader, FilePut: reader, FileCmd: reader, FileList: reader})
	if err := server.Serve(); err == nil || errors.Is(err, io.EOF) {
		_ = sess.Exit(exitOK)
	}
	close(over)
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
		return nil, sftp.ErrSSHFxNoSuchFile
	}
	return bytes.NewReader(b), nil
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
			return nil, sftp.ErrSSHFxNoSuchFile
		}
		return listed{info}, nil
	}
	entries, err := fs.ReadDir(s.files, name)
	if err != nil {
		return nil, sftp.ErrSSHFxNoSuchFile
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
