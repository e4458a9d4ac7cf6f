// peer PAGES RECORDS: go-trafilatura over the pages of a JSONL file, as scripts/bench asks of a peer: the records go to RECORDS,
// seconds of processor time, failed pages and peak memory to standard output. The first page is read once beforehand.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"

	"github.com/markusmobius/go-trafilatura"
)

type page struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

func extract(p page) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			text, ok = "", false
		}
	}()
	result, err := trafilatura.Extract(strings.NewReader(p.HTML), trafilatura.Options{EnableFallback: true, ExcludeComments: true})
	if err != nil || result == nil {
		return "", false
	}
	return result.ContentText, true
}

func usage() (seconds float64, peak int64) {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6, u.Maxrss
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	var pages []page
	lines := bufio.NewReaderSize(file, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var p page
			if json.Unmarshal(line, &p) == nil {
				pages = append(pages, p)
			}
		}
		if err != nil {
			break
		}
	}
	extract(pages[0])
	begin, _ := usage()
	failed, texts := 0, make([]string, len(pages))
	for i, p := range pages {
		text, ok := extract(p)
		if !ok {
			failed++
		}
		texts[i] = text
	}
	end, peak := usage()
	out, err := os.Create(os.Args[2])
	if err != nil {
		panic(err)
	}
	records := json.NewEncoder(out)
	for i, p := range pages {
		records.Encode(map[string]string{"id": p.ID, "body": texts[i]})
	}
	out.Close()
	fmt.Printf("{\"seconds\": %f, \"failed\": %d, \"peak\": %d}\n", end-begin, failed, peak)
}
