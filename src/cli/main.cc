// marrow: the table of contents of the program.

#include "cli/program.h"
#include "cli/verbs.h"

int main(int argc, char** argv) {
  using namespace marrow::cli;
  Program program;

  // What comes out, and how to read it.
  program.add(schema_verb());

  // The program about itself.
  program.add(help_verb(program.outline()));
  program.add(man_verb(program.outline()));
  program.add(completion_verb(program.outline()));

  return program.main(argc, argv);
}
