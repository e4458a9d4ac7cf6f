// The Python module marrow._marrow: Python values in, Python values out; the work is the library's, done without the
// interpreter's lock. What is public and how it is documented: marrow/__init__.py(i).
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "marrow.h"
#include "python/archive.h"
#include "python/bind.h"
#include "python/crew.h"
#include "python/pickled.h"
#include "record/schema.h"

namespace py = pybind11;

namespace marrow::python {
namespace {

// The exceptions of marrow/errors.py, by what went wrong.
enum class Fault { rules, input, archive };
struct Failure {
  Fault fault;
  std::string message;
};

void translate(const Failure& failure) {
  constexpr const char* kNames[] = {"RuleError", "InputError", "ArchiveError"};
  const py::object type = py::module_::import("marrow.errors").attr(kNames[static_cast<int>(failure.fault)]);
  PyErr_SetString(type.ptr(), failure.message.c_str());
}

// bytes, bytearray, memoryview as they are; str as UTF-8.
void put_content(Input& input, const py::handle& content) {
  if (PyUnicode_Check(content.ptr())) {
    Py_ssize_t size = 0;
    if (const char* utf8 = PyUnicode_AsUTF8AndSize(content.ptr(), &size)) {
      input.bytes.assign(utf8, static_cast<std::size_t>(size));
    } else {  // lone surrogates
      PyErr_Clear();
      const auto bytes = py::reinterpret_steal<py::bytes>(PyUnicode_AsEncodedString(content.ptr(), "utf-8", "replace"));
      input.bytes = static_cast<std::string>(bytes);
    }
    input.charset = "utf-8";
    return;
  }
  Py_buffer view;
  if (PyObject_GetBuffer(content.ptr(), &view, PyBUF_SIMPLE) != 0) {
    PyErr_Clear();
    throw py::type_error("a page is bytes or str, not " + std::string(Py_TYPE(content.ptr())->tp_name));
  }
  input.bytes.assign(static_cast<const char*>(view.buf), static_cast<std::size_t>(view.len));
  PyBuffer_Release(&view);
}

using Maybe = std::optional<std::string>;

Input page_of(const py::handle& content, Input::Content kind, const Maybe& url, const std::string& id, const Maybe& charset,
              const Maybe& fetched_at, std::optional<int> status) {
  Input input;
  input.content = kind;
  put_content(input, content);
  input.url = url.value_or("");
  input.id = id;
  if (charset) input.charset = *charset;
  input.fetched_at = fetched_at.value_or("");
  input.status = status.value_or(0);
  if (input.status < 0 || input.status > 999) throw Failure{Fault::input, "status " + std::to_string(input.status) + " is no HTTP status"};
  return input;
}

// What clean_many takes: a Page, the page's bytes or text, or (page, url).
Input page_of_any(const py::handle& item) {
  if (py::isinstance<Input>(item)) return item.cast<const Input&>();
  if (py::isinstance<py::tuple>(item)) {
    const auto pair = py::reinterpret_borrow<py::tuple>(item);
    if (pair.size() == 2) return page_of(pair[0], Input::Content::html, pair[1].cast<Maybe>(), "", {}, {}, {});
  }
  return page_of(item, Input::Content::html, {}, "", {}, {}, {});
}

std::unique_ptr<Crew> make_crew(const std::vector<std::string>& rules, const std::string& body, bool builtin_rules, bool images,
                                bool models, const std::string& model_dir, const SiteMemory* memory, std::size_t max_bytes) {
  CleanOptions options;
  options.rule_dirs = rules;
  if (body != "text" && body != "markdown") throw py::value_error("body is 'text' or 'markdown', not '" + body + "'");
  options.body = body == "markdown" ? BodyFormat::markdown : BodyFormat::text;
  options.builtin_rules = builtin_rules;
  options.images = images;
  options.models = models;
  options.model_dir = model_dir;
  options.budget.max_bytes = max_bytes;
  const py::gil_scoped_release release;
  Result<Cleaner> cleaner = Cleaner::create(options);
  if (!cleaner) throw Failure{Fault::rules, cleaner.error().message};
  return std::make_unique<Crew>(std::move(*cleaner), memory ? std::optional(*memory) : std::nullopt);
}

// Records of an iterable of pages, in order, a handful read ahead.
class Records {
 public:
  // Pages a thread that are cleaned at once: one slow page does not idle the others for long, and a GB of pages is not held.
  static constexpr std::size_t kPagesAThread = 32;

  Records(Crew& crew, const py::iterable& pages, unsigned threads) : crew_(&crew), pages_(py::iter(pages)), threads_(threads) {}

  Record next() {
    if (ready_.empty()) refill();
    if (ready_.empty()) throw py::stop_iteration();
    Record record = std::move(ready_.front());
    ready_.pop_front();
    return record;
  }

 private:
  void refill() {
    const std::size_t wanted = kPagesAThread * threads_for(threads_);
    std::vector<Input> inputs;
    for (; inputs.size() < wanted && pages_ != py::iterator::sentinel(); ++pages_) inputs.push_back(page_of_any(*pages_));
    const py::gil_scoped_release release;
    for (Record& record : crew_->clean_all(inputs, threads_)) ready_.push_back(std::move(record));
  }

  Crew* crew_;  // kept alive by pybind11
  py::iterator pages_;
  unsigned threads_;
  std::deque<Record> ready_;
};

// A Python object with read(n) -> bytes. Called with the interpreter's lock.
class PythonStream final : public ByteStream {
 public:
  explicit PythonStream(py::object read) : read_(std::move(read)) {}
  PythonStream(const PythonStream&) = delete;
  PythonStream& operator=(const PythonStream&) = delete;
  ~PythonStream() override {
    const py::gil_scoped_acquire acquire;
    read_ = py::object();
  }
  Result<std::size_t> read(char* to, std::size_t size) override {
    const py::gil_scoped_acquire acquire;
    try {
      const auto bytes = read_(size).cast<py::bytes>();
      const auto got = static_cast<std::string_view>(bytes);
      if (got.size() > size) return Error{ErrorKind::skip_page, "read() gave more bytes than asked for"};
      got.copy(to, got.size());
      return got.size();
    } catch (py::error_already_set& error) {
      return Error{ErrorKind::skip_page, error.what()};
    } catch (const py::cast_error&) {
      return Error{ErrorKind::skip_page, "read() gave no bytes"};
    }
  }

 private:
  py::object read_;
};

std::unique_ptr<ArchiveReader> open_archive(const py::object& source, std::uint64_t start, std::optional<std::uint64_t> length,
                                            std::size_t max_bytes) {
  WarcOptions options;
  options.start = start;
  if (length) options.length = *length;
  options.max_block = max_bytes + (std::size_t{1} << 20);
  const bool bytes = PyBytes_Check(source.ptr()) != 0;
  if (bytes || py::hasattr(source, "read")) {
    if (start != 0 || length) throw Failure{Fault::archive, "a range can only be read of a file that is named by its path"};
    std::unique_ptr<ByteStream> stream = bytes ? bytes_in_memory(source.cast<std::string>()) : std::make_unique<PythonStream>(source.attr("read"));
    return std::make_unique<ArchiveReader>(WarcReader("archive", std::move(stream), options), max_bytes);
  }
  const auto path = py::module_::import("os").attr("fspath")(source).cast<std::string>();
  Result<WarcReader> reader = WarcReader::open(path, options);
  if (!reader) throw Failure{Fault::archive, reader.error().message};
  return std::make_unique<ArchiveReader>(std::move(*reader), max_bytes);
}

py::dict left_out(const ArchiveReader& reader) {
  py::dict out;
  out["other_record"] = reader.left_out(LeftOut::other_record);
  out["revisit"] = reader.left_out(LeftOut::revisit);
  out["status"] = reader.left_out(LeftOut::status);
  out["content_type"] = reader.left_out(LeftOut::content_type);
  return out;
}

SiteMemory decode_memory(const py::bytes& bytes) {
  Result<SiteMemory> memory = SiteMemory::decode(static_cast<std::string_view>(bytes), "these bytes");
  if (!memory) throw Failure{Fault::input, memory.error().message};
  return std::move(*memory);
}

constexpr auto kPageFields = [](auto& page, auto&& visit) {
  visit(page.bytes, page.content, page.url, page.id, page.charset, page.fetched_at, page.status, page.truncated, page.origin);
};

void bind_cleaner(py::module_& m) {
  py::class_<Input>(m, "Page", doc("Page"))
      .def(py::init([](const py::object& html, const Maybe& url, const std::string& id, const Maybe& charset, const Maybe& fetched_at,
                       std::optional<int> status, bool text) {
             return page_of(html, text ? Input::Content::text : Input::Content::html, url, id, charset, fetched_at, status);
           }),
           py::arg("content"), py::arg("url") = py::none(), py::kw_only(), py::arg("id") = "", py::arg("charset") = py::none(),
           py::arg("fetched_at") = py::none(), py::arg("status") = py::none(), py::arg("text") = false)
      .def_property_readonly("content", [](const Input& i) { return py::bytes(i.bytes); }, doc("Page.content"))
      .def_property_readonly("url", [](const Input& i) { return known(i.url); }, doc("Page.url"))
      .def_property_readonly("id", [](const Input& i) { return text_of(i.id); }, doc("Page.id"))
      .def_property_readonly("charset", [](const Input& i) { return known(i.charset); }, doc("Page.charset"))
      .def_property_readonly("fetched_at", [](const Input& i) { return known(i.fetched_at); }, doc("Page.fetched_at"))
      .def_property_readonly("status", [](const Input& i) { return i.status ? py::object(py::int_(i.status)) : py::none(); }, doc("Page.status"))
      .def_property_readonly("text", [](const Input& i) { return i.content == Input::Content::text; }, doc("Page.text"))
      .def_property_readonly("truncated", [](const Input& i) { return i.truncated; }, doc("Page.truncated"))
      .def_property_readonly("origin", [](const Input& i) { return text_of(i.origin); }, doc("Page.origin"))
      .def("__len__", [](const Input& i) { return i.bytes.size(); })
      .def(pickled<Input>(kPageFields));
  py::class_<SiteMemory>(m, "SiteMemory", doc("SiteMemory"))
      .def(py::init<>())
      .def("merge", &SiteMemory::merge, py::arg("other"), doc("SiteMemory.merge"))
      .def("to_bytes", [](const SiteMemory& s) { return py::bytes(s.encode()); }, doc("SiteMemory.to_bytes"))
      .def_static("from_bytes", &decode_memory, py::arg("data"), doc("SiteMemory.from_bytes"))
      .def("__bool__", [](const SiteMemory& s) { return !s.empty(); })
      .def(py::pickle([](const SiteMemory& s) { return py::bytes(s.encode()); }, &decode_memory));
  const auto clean = [](Crew& crew, const py::handle& content, Input::Content kind, const Maybe& url, const std::string& id,
                        const Maybe& charset, const Maybe& fetched_at, std::optional<int> status) {
    const Input input = page_of(content, kind, url, id, charset, fetched_at, status);
    const py::gil_scoped_release release;
    return crew.clean(input);
  };
  py::class_<Crew>(m, "Cleaner", doc("Cleaner"))
      .def(py::init(&make_crew), py::kw_only(), py::arg("rules") = std::vector<std::string>(), py::arg("body") = "text",
           py::arg("builtin_rules") = true, py::arg("images") = false, py::arg("models") = true, py::arg("model_dir") = "",
           py::arg("memory") = static_cast<const SiteMemory*>(nullptr), py::arg("max_bytes") = Budget{}.max_bytes)
      .def("clean", [clean](Crew& crew, const py::object& html, const Maybe& url, const std::string& id, const Maybe& charset, const Maybe& fetched_at,
                       std::optional<int> status) { return clean(crew, html, Input::Content::html, url, id, charset, fetched_at, status); },
           py::arg("html"), py::arg("url") = py::none(), py::kw_only(), py::arg("id") = "", py::arg("charset") = py::none(),
           py::arg("fetched_at") = py::none(), py::arg("status") = py::none(), doc("Cleaner.clean"))
      .def("clean_text", [clean](Crew& crew, const py::object& text, const Maybe& url, const std::string& id) {
             return clean(crew, text, Input::Content::text, url, id, {}, {}, {});
           }, py::arg("text"), py::arg("url") = py::none(), py::kw_only(), py::arg("id") = "", doc("Cleaner.clean_text"))
      .def("clean_page", [](Crew& crew, const Input& page) { return crew.clean(page); }, py::arg("page"),
           py::call_guard<py::gil_scoped_release>(), doc("Cleaner.clean_page"))
      .def("clean_many", [](Crew& crew, const py::iterable& pages, unsigned threads) {
             return std::make_unique<Records>(crew, pages, threads);
           }, py::keep_alive<0, 1>(), py::arg("pages"), py::kw_only(), py::arg("threads") = 0, doc("Cleaner.clean_many"))
      .def("learn", [](Crew& crew, const Input& page, SiteMemory& memory) { return crew.learn(page, memory); }, py::arg("page"),
           py::arg("memory"), py::call_guard<py::gil_scoped_release>(), doc("Cleaner.learn"))
      .def_property_readonly("rules", [](const Crew& crew) { return std::string(crew.rules()); }, doc("Cleaner.rules"));
  py::class_<Records>(m, "Records", "Records in the order of the pages, as they are asked for.")
      .def("__iter__", [](Records& r) -> Records& { return r; }, py::return_value_policy::reference_internal)
      .def("__next__", &Records::next);
  py::class_<ArchiveReader>(m, "ArchiveReader", doc("ArchiveReader"))
      .def("__iter__", [](ArchiveReader& r) -> ArchiveReader& { return r; }, py::return_value_policy::reference_internal)
      .def("__next__", [](ArchiveReader& r) {
        Input input;
        bool more = false;
        {
          const py::gil_scoped_release release;
          more = r.next(input);
        }
        if (!more) throw py::stop_iteration();
        return input;
      })
      .def_property_readonly("damaged", &ArchiveReader::damaged, doc("ArchiveReader.damaged"))
      .def_property_readonly("messages", &ArchiveReader::messages, doc("ArchiveReader.messages"))
      .def_property_readonly("left_out", &left_out, doc("ArchiveReader.left_out"));
  m.def("iter_warc", &open_archive, py::arg("source"), py::kw_only(), py::arg("start") = 0, py::arg("length") = py::none(),
        py::arg("max_bytes") = Budget{}.max_bytes, doc("iter_warc"));
}

}  // namespace
}  // namespace marrow::python

PYBIND11_MODULE(_marrow, m) {
  using namespace marrow::python;
  py::register_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const Failure& failure) {
      translate(failure);
    }
  });
  m.attr("__version__") = MARROW_VERSION;
  m.def("schema", [] { return std::string(marrow::record_schema()); }, doc("schema"));
  bind_records(m);
  bind_cleaner(m);
}
