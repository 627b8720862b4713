package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/spf13/cobra"

	"pingyi/ssh"
	"pingyi/store"
	"pingyi/store/folder"
)

// metrics is where Prometheus reads the numbers of a running server. None of them
// is about a person, or about what is in a vote.
type metrics struct {
	addr    string               // HOST:PORT to listen at; "": nowhere
	appends prometheus.Histogram // how long records take until they are durable; nil: nobody asks
}

// metricsFlag differs from the other addresses: without a host it is this machine's only.
const metricsFlag = "--metrics"

func (m *metrics) flags(verb *cobra.Command) {
	verb.Flags().StringVar(&m.addr, "metrics", "", "给 Prometheus 读运行数据的地址 主机:端口，例如 9100；只写端口就只有本机能读，不写就不开")
}

// check brings the address into its form, and refuses that of another door: sshAddr is
// where SSH listens, webAddr where browsers come in, "" for nowhere. A port alone is one
// of this machine's own.
func (m *metrics) check(sshAddr, webAddr string) (err error) {
	if m.addr == "" {
		return nil
	}
	if m.addr, err = anyPort(metricsFlag, "9100", m.addr); err != nil {
		return err
	}
	if host, port, _ := net.SplitHostPort(m.addr); host == "" {
		m.addr = net.JoinHostPort("127.0.0.1", port)
	}
	for _, door := range []struct{ flag, addr string }{{"--addr", sshAddr}, {"--web", webAddr}} {
		if door.addr != "" && meet(m.addr, door.addr) {
			return usagef("%s 和 %s 不能用同一个端口：运行数据要自己的，例如 %s 9100", metricsFlag, door.flag, metricsFlag)
		}
	}
	m.appends = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "pingyi_append_seconds", Help: "How long records take until they are durable.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
	})
	return nil
}

// logs returns what times the Appends of a log; nil where nobody asks.
func (m metrics) logs() func(store.Log) store.Log {
	if m.appends == nil {
		return nil
	}
	return func(log store.Log) store.Log { return timedLog{log, m.appends} }
}

// timedLog is a log whose Appends are timed.
type timedLog struct {
	store.Log
	took prometheus.Observer
}

// Append is that of a log.
func (l timedLog) Append(ctx context.Context, after uint64, rec ...[]byte) (last uint64, err error) {
	began := time.Now()
	if last, err = l.Log.Append(ctx, after, rec...); err == nil {
		l.took.Observe(time.Since(began).Seconds())
	}
	return last, err
}

// How long a reader of the numbers may take.
const (
	metricsAsking  = 5 * time.Second
	metricsReading = 30 * time.Second
)

// tellMetrics lets Prometheus read the numbers of a door until ctx ends.
func (d *desk) tellMetrics(ctx context.Context, f *folder.Folder, o door, m metrics) error {
	if m.addr == "" {
		return nil
	}
	l, err := net.Listen("tcp", m.addr)
	if err != nil {
		return listenFault(m.addr, listenFlag{metricsFlag, "9100", "9101", ""}, err)
	}
	registry := prometheus.NewRegistry()
	for _, c := range []prometheus.Collector{collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.appends, figures{o.Server, f}} {
		if err := registry.Register(c); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	site := &http.Server{Handler: mux, ReadHeaderTimeout: metricsAsking, WriteTimeout: metricsReading, MaxHeaderBytes: 8 << 10}
	o.filing.waiting.Go(func() { _ = site.Serve(l) }) // it ends with ctx
	o.filing.waiting.Go(func() {
		<-ctx.Done()
		_ = site.Close()
	})
	d.progress("运行数据：http://%s/metrics", l.Addr())
	return nil
}

// figures are the numbers of a server and its branches.
type figures struct {
	server *ssh.Server
	folder *folder.Folder
}

var (
	figureConnections = prometheus.NewDesc("pingyi_connections", "Open connections.", nil, nil)
	figureStrangers   = prometheus.NewDesc("pingyi_strangers", "Open connections that have not shown a code.", nil, nil)
	figureSessions    = prometheus.NewDesc("pingyi_sessions", "Screens, words and transfers at work.", nil, nil)
	figureLogins      = prometheus.NewDesc("pingyi_logins_total", "Connections that showed a right code or key.", nil, nil)
	figureFailed      = prometheus.NewDesc("pingyi_no_logins_total", "Connections that did not become a login.", []string{"reason"}, nil)
	figureBranches    = prometheus.NewDesc("pingyi_branches", "Branches whose meetings are open in this process; each year of one counts.", nil, nil)
	figureRequests    = prometheus.NewDesc("pingyi_requests_total", "What people asked of meetings, by what became of it.", []string{"outcome"}, nil)
	figureRecords     = prometheus.NewDesc("pingyi_records", "Records in the log of a branch.", []string{"branch"}, nil)
	figureStale       = prometheus.NewDesc("pingyi_stale", "1 while a branch cannot record, or is behind its log.", []string{"branch"}, nil)
)

// Describe names the numbers.
func (c figures) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{figureConnections, figureStrangers, figureSessions, figureLogins, figureFailed, figureBranches, figureRequests, figureRecords, figureStale} {
		to <- d
	}
}

// Collect tells the numbers of this moment.
func (c figures) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, n float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, n, labels...)
	}
	counter := func(d *prometheus.Desc, n uint64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
	}
	f := c.server.Figures()
	gauge(figureConnections, float64(f.Connections))
	gauge(figureStrangers, float64(f.Strangers))
	gauge(figureSessions, float64(f.Sessions))
	counter(figureLogins, f.Logins)
	for reason, n := range f.Failed {
		counter(figureFailed, n, reason)
	}
	rooms := c.folder.Figures()
	gauge(figureBranches, float64(rooms.Open))
	counter(figureRequests, rooms.Done, "done")
	counter(figureRequests, rooms.Refused, "refused")
	counter(figureRequests, rooms.Failed, "failed")
	ctx, end := context.WithTimeout(context.Background(), metricsAsking)
	defer end()
	halls, err := c.folder.Halls(ctx)
	if err != nil {
		to <- prometheus.NewInvalidMetric(figureRecords, err)
		return
	}
	for _, h := range halls {
		s, stale := h.State(), 0.0
		if _, why := h.Stale(); why != nil {
			stale = 1
		}
		gauge(figureRecords, float64(s.Chronicle.Len()), s.Branch.ID)
		gauge(figureStale, stale, s.Branch.ID)
	}
}
