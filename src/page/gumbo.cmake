# The target marrow_gumbo: the system's libgumbo, or, with MARROW_GUMBO_SOURCE, Gumbo's own sources as one unit of
# translation without its assertions. Any Gumbo that has GumboOptions.allocator will do (0.10.x, 0.12, 0.13).
add_library(marrow_gumbo INTERFACE)
if(NOT MARROW_GUMBO_SOURCE)
  pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
  target_link_libraries(marrow_gumbo INTERFACE PkgConfig::GUMBO)
  return()
endif()

find_path(MARROW_GUMBO_DIR NAMES parser.c PATHS ${MARROW_GUMBO_SOURCE} PATH_SUFFIXES src NO_DEFAULT_PATH NO_CACHE)
if(NOT MARROW_GUMBO_DIR)
  message(FATAL_ERROR "MARROW_GUMBO_SOURCE=${MARROW_GUMBO_SOURCE} holds no parser.c of Gumbo, nor does its src/")
endif()
file(GLOB gumbo_files ${MARROW_GUMBO_DIR}/*.c)
add_library(marrow_gumbo_source STATIC ${gumbo_files})
# The callers' own warnings are not for it; its assertions and its debug calls cost a tenth of the parse.
target_compile_options(marrow_gumbo_source PRIVATE -w -O3)
target_compile_definitions(marrow_gumbo_source PRIVATE NDEBUG)
target_include_directories(marrow_gumbo_source SYSTEM PUBLIC ${MARROW_GUMBO_DIR})
set_target_properties(marrow_gumbo_source PROPERTIES C_STANDARD 99 C_EXTENSIONS ON POSITION_INDEPENDENT_CODE ON
  UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
target_link_libraries(marrow_gumbo INTERFACE marrow_gumbo_source)
set(GUMBO_VERSION "built in")
