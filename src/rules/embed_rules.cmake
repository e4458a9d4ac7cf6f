# Puts every file of rules/ that the program reads (TOML, and the models) into the program itself, so that one
# binary runs alone. The assembler includes the bytes; nothing is converted.
file(GLOB_RECURSE rule_files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/rules
  ${PROJECT_SOURCE_DIR}/rules/*.toml ${PROJECT_SOURCE_DIR}/rules/model/*)
list(FILTER rule_files EXCLUDE REGEX "(^|/)(\\.[^/]*|README\\.md)$")
list(SORT rule_files)

set(embed_asm ".section .rodata\n")
set(embed_list "")
set(embed_depends "")
set(embed_index 0)
foreach(file ${rule_files})
  string(APPEND embed_asm ".balign 16\n.global marrow_rule_${embed_index}\nmarrow_rule_${embed_index}:\n"
    ".incbin \"${PROJECT_SOURCE_DIR}/rules/${file}\"\n.global marrow_rule_${embed_index}_end\n"
    "marrow_rule_${embed_index}_end:\n.byte 0\n")
  string(APPEND embed_list "MARROW_RULE_FILE(${embed_index}, \"${file}\")\n")
  list(APPEND embed_depends ${PROJECT_SOURCE_DIR}/rules/${file})
  math(EXPR embed_index "${embed_index} + 1")
endforeach()
string(APPEND embed_asm ".section .note.GNU-stack,\"\",%progbits\n")

set(embed_dir ${CMAKE_CURRENT_BINARY_DIR}/embedded)
file(CONFIGURE OUTPUT ${embed_dir}/rules.S CONTENT "${embed_asm}" @ONLY)
file(CONFIGURE OUTPUT ${embed_dir}/rules.inc CONTENT "${embed_list}" @ONLY)
set_source_files_properties(${embed_dir}/rules.S PROPERTIES OBJECT_DEPENDS "${embed_depends}" COMPILE_OPTIONS "-Wno-pedantic")
target_sources(marrow_rules PRIVATE ${embed_dir}/rules.S)
if(TARGET marrow_rules_checked)
  target_sources(marrow_rules_checked PRIVATE ${embed_dir}/rules.S)
endif()
target_include_directories(marrow_rules PRIVATE ${embed_dir})
