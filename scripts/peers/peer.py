#!/usr/bin/env python3
"""peer.py NAME PAGES RECORDS: an extractor of PyPI over the pages of a JSONL file, as scripts/bench asks of a peer: the records go
to RECORDS, seconds of processor time, failed pages and peak memory to standard output. The first page is read once beforehand."""
import json
import resource
import sys
import time


def extractor(name):
    """The peer's own call for main text: html -> text. Imported here, so that nobody pays for another."""
    if name == "trafilatura":
        import trafilatura
        return lambda html: trafilatura.extract(html, include_comments=False) or ""
    if name == "resiliparse":
        from resiliparse.extract.html2text import extract_plain_text
        return lambda html: extract_plain_text(html, main_content=True)
    if name == "rs-trafilatura":
        import rs_trafilatura
        return lambda html: rs_trafilatura.extract(html).main_content or ""
    if name == "readability-lxml":
        import lxml.html
        import readability
        return lambda html: lxml.html.fromstring(readability.Document(html).summary()).text_content()
    if name == "justext":
        import justext
        stop = justext.get_stoplist("English")
        return lambda html: "\n\n".join(p.text for p in justext.justext(html, stop) if not p.is_boilerplate)
    raise SystemExit(f"no peer named {name}")


def main(name, pages, records):
    extract = extractor(name)
    with open(pages, encoding="utf-8") as lines:
        inputs = [json.loads(line) for line in lines]
    try:
        extract(inputs[0]["html"])  # what is loaded at the first call is start-up
    except Exception:
        pass
    start, failed, texts = time.process_time(), 0, []
    for page in inputs:
        try:
            texts.append(extract(page["html"]))
        except Exception:  # a peer that gives up on a page gives nothing for it
            texts.append("")
            failed += 1
    seconds = time.process_time() - start
    with open(records, "w", encoding="utf-8") as out:
        for page, text in zip(inputs, texts):
            out.write(json.dumps({"id": page["id"], "body": text}) + "\n")
    print(json.dumps({"seconds": seconds, "failed": failed, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
