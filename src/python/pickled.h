// pickled<Value>(fields): what makes a bound value travel between Python's processes (multiprocessing, Spark): a tuple of its
// fields, and the value from that again. `fields(value, visit)` calls visit(field...) in one order for both ways. Texts travel as
// bytes, for a broken byte may be in them. Reading what another version wrote is an error, not a guess.
#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstddef>
#include <string>
#include <type_traits>

namespace marrow::python {

template <class Value, class Fields>
auto pickled(Fields fields) {
  namespace py = pybind11;
  const auto put = [](py::list& out, const auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_same_v<Field, std::string>) {
      out.append(py::bytes(field));
    } else if constexpr (std::is_enum_v<Field>) {
      out.append(static_cast<int>(field));
    } else {
      out.append(field);
    }
  };
  const auto take = [](const py::handle& in, auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_enum_v<Field>) {
      field = static_cast<Field>(in.cast<int>());
    } else {
      field = in.cast<Field>();
    }
  };
  return py::pickle(
      [fields, put](const Value& value) {
        py::list out;
        fields(value, [&](const auto&... field) { (put(out, field), ...); });
        return py::tuple(out);
      },
      [fields, take](const py::tuple& state) {
        Value value;
        std::size_t at = 0;
        fields(value, [&](auto&... field) {
          if (at + sizeof...(field) > state.size()) throw py::value_error("a pickle of another version");
          (take(state[at++], field), ...);
        });
        if (at != state.size()) throw py::value_error("a pickle of another version");
        return value;
      });
}

}  // namespace marrow::python
