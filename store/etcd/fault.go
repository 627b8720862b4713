package etcd

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"syscall"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"pingyi/store"
)

const (
	// ErrURL says that an address is not https://HOST:PORT or http://HOST:PORT.
	ErrURL store.Code = "etcd.url" // address
	// ErrOpen says that records and password would go over the network in the clear.
	ErrOpen store.Code = "etcd.open" // address
	// ErrKeyFile says that a file of a certificate or key cannot be used.
	ErrKeyFile store.Code = "etcd.key-file" // file
	// ErrPair says that there is a certificate of our own without its key, or a key without it.
	ErrPair store.Code = "etcd.pair"
	// ErrUnreachable says that no member answers.
	ErrUnreachable store.Code = "etcd.unreachable" // addresses
	// ErrOther says that what answers is no etcd for clients: another program, the port between members, or https where it is http.
	ErrOther store.Code = "etcd.other" // address
	// ErrMixed says that some addresses are https and some http.
	ErrMixed store.Code = "etcd.mixed"
	// ErrMajority says that members answer and too few of them are connected to each other.
	ErrMajority store.Code = "etcd.majority"
	// ErrCertificate says that a certificate is not accepted: the cluster's here, or ours there.
	ErrCertificate store.Code = "etcd.certificate" // address
	// ErrUser says that the cluster refuses the user, the password, or the user's role.
	ErrUser store.Code = "etcd.user" // user
	// ErrFull says that the cluster's quota is used up.
	ErrFull store.Code = "etcd.full"
	// ErrFailing says that the cluster reports a fault of its own.
	ErrFailing store.Code = "etcd.failing"
	// ErrBack says that the cluster has lost records that were there: it was restored from an older snapshot, or emptied. It lasts until the
	// shelf is closed.
	ErrBack store.Code = "etcd.back"
	// ErrNotRecorded says that records are not in the cluster and will not be; its cause says why.
	ErrNotRecorded store.Code = "etcd.not-recorded"
	// ErrDoubt says that an Append was not answered, and nobody knows whether it was done. The log shows it later, or never does.
	ErrDoubt store.Code = "etcd.doubt"

	inRecord     store.Code = "etcd.in-record" // branch, number
	notCompacted store.Code = "etcd.not-compacted"
	notOurs      store.Code = "etcd.not-ours" // key
)

// Away reports whether an error says that a cluster cannot be reached or used as it is now, which tells nothing bad of the records.
func Away(err error) bool {
	for _, code := range []store.Code{ErrURL, ErrOpen, ErrMixed, ErrOther, ErrKeyFile, ErrPair, ErrUnreachable, ErrMajority, ErrCertificate, ErrUser, ErrFull, ErrFailing, ErrBack} {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}

// compacted is what a cluster says that was compacted further already.
var compacted = rpctypes.ErrCompacted

// passes reports whether an error may be gone a moment later, on another member.
func passes(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return true
	}
	var known rpctypes.EtcdError
	code := status.Code(err)
	if errors.As(err, &known) {
		code = known.Code()
	}
	return code == codes.Unavailable || code == codes.DeadlineExceeded || code == codes.Canceled || errors.Is(err, rpctypes.ErrTooManyRequests)
}

// cause gives an error of the cluster its code. One that has a code keeps it.
func (s *link) cause(ctx context.Context, err error) error { return s.config.why(ctx, err) }

func (c Config) why(ctx context.Context, err error) error {
	var coded store.Code
	var fault *store.Fault
	switch {
	case err == nil, errors.As(err, &coded), errors.As(err, &fault), ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return err
	case isOne(err, rpctypes.ErrNoSpace):
		return ErrFull.By(err)
	case isOne(err, rpctypes.ErrAuthFailed, rpctypes.ErrUserEmpty, rpctypes.ErrUserNotFound, rpctypes.ErrPermissionDenied, rpctypes.ErrInvalidAuthToken,
		rpctypes.ErrAuthOldRevision, rpctypes.ErrAuthNotEnabled):
		return ErrUser.Of(c.User).By(err)
	case passes(err):
		return c.diagnose(ctx)
	}
	return ErrFailing.By(err)
}

// isOne reports whether an error is one of these. The client passes some on as the status that came.
func isOne(err error, these ...error) bool {
	for _, e := range these {
		if errors.Is(err, e) || rpctypes.ErrorDesc(err) == e.Error() {
			return true
		}
	}
	return false
}

// diagnoseTime is how long one address is tried.
const diagnoseTime = time.Second

// diagnose tries the addresses by itself, because the client does not tell what is wrong with its connections.
func (c Config) diagnose(ctx context.Context) error {
	var worst error
	for _, text := range c.URLs {
		u, bad := url.Parse(text)
		if bad != nil {
			continue
		}
		met := c.meet(ctx, u)
		var refused tls.AlertError
		var unproved *tls.CertificateVerificationError
		var unknown x509.UnknownAuthorityError
		var foreign *store.Fault
		switch {
		case met == nil:
			return ErrMajority
		case errors.As(met, &foreign):
			worst = foreign
		case errors.As(met, &refused), errors.As(met, &unproved), errors.As(met, &unknown), isRemote(met):
			worst = ErrCertificate.Of(text).By(met)
		case worst == nil:
			worst = ErrUnreachable.Of(text).By(met)
		}
	}
	if worst == nil {
		return ErrMajority
	}
	return worst
}

// isRemote reports whether the other side refused our certificate.
func isRemote(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "remote error"
}

// hello is what a client of HTTP/2 sends first, with empty settings. The answer to it are settings, too.
const (
	hello    = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"
	settings = 4
)

// meet connects to a member and waits for its first words: they tell that our certificate was accepted, and that it is an etcd that answers.
func (c Config) meet(ctx context.Context, u *url.URL) error {
	ctx, cancel := context.WithTimeout(ctx, diagnoseTime)
	defer cancel()
	if u.Scheme != "https" {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", u.Host)
		if err != nil {
			return err
		}
		return greet(ctx, conn, u)
	}
	secure, err := c.secure()
	if err != nil {
		return err
	}
	secure.NextProtos = []string{"h2"}
	conn, err := (&tls.Dialer{Config: secure}).DialContext(ctx, "tcp", u.Host)
	var plain tls.RecordHeaderError
	var refused tls.AlertError
	switch {
	case errors.As(err, &plain), errors.Is(err, io.EOF), errors.As(err, &refused) && refused == noProtocol:
		return ErrOther.Of(u.String())
	case err != nil:
		return err
	}
	return greet(ctx, conn, u)
}

// noProtocol is the alert of a server that speaks no HTTP/2 (RFC 7301 §3.2).
const noProtocol tls.AlertError = 120

// greet waits for settings and closes the connection; where nothing is encrypted it says hello before. Who answers nothing may be an etcd that
// hangs.
func greet(ctx context.Context, conn net.Conn, u *url.URL) error {
	defer conn.Close()
	if deadline, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(deadline)
	}
	open := u.Scheme == "http"
	if open {
		_, _ = io.WriteString(conn, hello) // the answer tells
	}
	frame := make([]byte, 9)
	n, err := io.ReadFull(conn, frame)
	switch {
	case err == nil && frame[3] == settings && frame[4]&^1 == 0:
		return nil
	case err == nil, n > 0, open && (errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET)):
		return ErrOther.Of(u.String())
	}
	return err
}
