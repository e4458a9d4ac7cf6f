// Record and the values in it as Python sees them: read-only, compared and written as JSON has them, pickled by their fields, so
// that records travel between processes (multiprocessing, Spark).
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "python/bind.h"
#include "python/pickled.h"
#include "record/json.h"
#include "record/record.h"

namespace py = pybind11;

namespace marrow::python {

// A text that may hold a broken byte, as JSON output has it: U+FFFD in its place.
py::object text_of(const std::string& text) {
  return py::reinterpret_steal<py::object>(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}
py::object known(const std::string& text) { return text.empty() ? py::none() : text_of(text); }

namespace {

std::string json_of(const Record& record) {
  std::string out;
  append_json(record, out);
  return out;
}

// The texts that are None where they are not known.
constexpr std::pair<const char*, std::string Record::*> kTexts[] = {
    {"url", &Record::url}, {"canonical_url", &Record::canonical_url}, {"fetched_at", &Record::fetched_at},
    {"title", &Record::title}, {"author", &Record::author}, {"published", &Record::published},
    {"modified", &Record::modified}, {"site", &Record::site}, {"language", &Record::language},
    {"description", &Record::description}, {"image", &Record::image}, {"charset", &Record::charset}, {"rules", &Record::rules}};

// The fields of each value, in one order for both ways of a pickle.
constexpr auto kLinkFields = [](auto& link, auto&& visit) { visit(link.url, link.text, link.kind); };
constexpr auto kTeaserFields = [](auto& teaser, auto&& visit) { visit(teaser.text, teaser.url, teaser.truncated, teaser.page); };
constexpr auto kQualityFields = [](auto& quality, auto&& visit) { visit(quality.confidence, quality.words, quality.flags, quality.emptied_by); };
constexpr auto kRecordFields = [](auto& record, auto&& visit) {
  for (const auto& [name, field] : kTexts) visit(record.*field);
  visit(record.id, record.body, record.status, record.kind, record.related, record.teasers, record.quality);
};

void bind_values(py::module_& m) {
  py::class_<RelatedLink>(m, "RelatedLink", doc("RelatedLink"))
      .def_property_readonly("url", [](const RelatedLink& l) { return known(l.url); }, doc("RelatedLink.url"))
      .def_property_readonly("text", [](const RelatedLink& l) { return text_of(l.text); }, doc("RelatedLink.text"))
      .def_property_readonly("kind", [](const RelatedLink& l) { return std::string(name_of(l.kind)); }, doc("RelatedLink.kind"))
      .def(pickled<RelatedLink>(kLinkFields));
  py::class_<Teaser>(m, "Teaser", doc("Teaser"))
      .def_property_readonly("text", [](const Teaser& t) { return text_of(t.text); }, doc("Teaser.text"))
      .def_property_readonly("url", [](const Teaser& t) { return known(t.url); }, doc("Teaser.url"))
      .def_property_readonly("page", [](const Teaser& t) { return known(t.page); }, doc("Teaser.page"))
      .def_readonly("truncated", &Teaser::truncated, doc("Teaser.truncated"))
      .def(pickled<Teaser>(kTeaserFields));
  py::class_<Quality>(m, "Quality", doc("Quality"))
      .def_readonly("confidence", &Quality::confidence, doc("Quality.confidence"))
      .def_readonly("words", &Quality::words, doc("Quality.words"))
      .def_property_readonly("flags", [](const Quality& q) { return q.flags; }, doc("Quality.flags"))
      .def_property_readonly("emptied_by", [](const Quality& q) { return q.emptied_by; }, doc("Quality.emptied_by"))
      .def(pickled<Quality>(kQualityFields));
}

void bind_record(py::module_& m) {
  py::class_<Record> record(m, "Record", doc("Record"));
  for (const auto& [name, field] : kTexts)
    record.def_property_readonly(name, [field = field](const Record& r) { return known(r.*field); }, doc(std::string("Record.") + name));
  record.def_property_readonly("id", [](const Record& r) { return text_of(r.id); }, doc("Record.id"))
      .def_property_readonly("body", [](const Record& r) { return text_of(r.body); }, doc("Record.body"))
      .def_property_readonly("status", [](const Record& r) { return r.status ? py::object(py::int_(r.status)) : py::none(); }, doc("Record.status"))
      .def_property_readonly("kind", [](const Record& r) { return std::string(name_of(r.kind)); }, doc("Record.kind"))
      .def_property_readonly("related", [](const Record& r) { return r.related; }, doc("Record.related"))
      .def_property_readonly("teasers", [](const Record& r) { return r.teasers; }, doc("Record.teasers"))
      .def_property_readonly("quality", [](const Record& r) { return r.quality; }, doc("Record.quality"))
      .def("to_dict", [](const Record& r) { return py::module_::import("json").attr("loads")(text_of(json_of(r))); }, doc("Record.to_dict"))
      .def("__eq__", [](const Record& r, const Record& other) { return json_of(r) == json_of(other); })
      .def("__repr__", [](const Record& r) { return "<marrow.Record " + text_of(r.id).cast<std::string>() + (r.id.empty() ? "" : ": ") + std::string(name_of(r.kind)) + ", " + std::to_string(r.quality.words) + " words>"; })
      .def("to_json", [](const Record& r) { return text_of(json_of(r)); }, doc("Record.to_json"))
      .def("to_json_bytes", [](const Record& r) { return py::bytes(json_of(r)); }, doc("Record.to_json_bytes"))
      .def(pickled<Record>(kRecordFields));
}

}  // namespace

void bind_records(py::module_& m) {
  bind_values(m);
  bind_record(m);
}

}  // namespace marrow::python
