"""The docstrings of the stub file, for the compiled module: written once, read by type checkers and by help().

    make_docs.py __init__.pyi docs.h
"""

import ast
import sys


def documented(body, prefix=""):
    """(name, docstring) of all classes, functions and properties that have one."""
    for node in body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            text = ast.get_docstring(node)
            if text:
                yield prefix + node.name, text
            if isinstance(node, ast.ClassDef):
                yield from documented(node.body, node.name + ".")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", '\\n"\n     "') + '"'


def main():
    stub, header = sys.argv[1:]
    with open(stub, encoding="utf-8") as source:
        docs = list(documented(ast.parse(source.read()).body))
    lines = [f"    {{{quoted(name)},\n     {quoted(text)}}},\n" for name, text in docs]
    with open(header, "w", encoding="utf-8") as out:
        out.write("// Made of __init__.pyi by make_docs.py.\n#pragma once\n\n#include <string_view>\n\nnamespace marrow::python {\n\n"
                  "struct Doc {\n  std::string_view name;\n  const char* text;\n};\n\n"
                  f"inline constexpr Doc kDocs[] = {{\n{''.join(lines)}}};\n\n"
                  '// "Cleaner.clean" -> its docstring; "" where the stub file has none (tests/python/module_test.py looks).\n'
                  "inline const char* doc(std::string_view name) {\n  for (const Doc& known : kDocs)\n    if (known.name == name) return known.text;\n"
                  '  return "";\n}\n\n}  // namespace marrow::python\n')


if __name__ == "__main__":
    main()
