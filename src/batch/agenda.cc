#include "batch/agenda.h"

#include <algorithm>

#include "batch/clock.h"

namespace marrow {
namespace {

Todo todo_of(const PageGlance& page, const RunState& run, std::int64_t now, const AgendaSettings& settings) {
  if (page.round == run.round) return Todo::earlier;
  if (!settings.offline && (page.next_visit <= now || page.next_visit - now > settings.most)) return Todo::visit;
  return !page.current && page.kept ? Todo::reclean : Todo::not_due;
}

}  // namespace

Result<Agenda> make_agenda(const Plan& plan, State& state, const RunState& run, const AgendaSettings& settings) {
  Agenda agenda;
  agenda.pages.assign(plan.size(), 0);
  agenda.todo.assign(plan.size(), settings.offline ? Todo::not_due : Todo::visit);
  const std::int64_t now = seconds_of(run.started);  // of the run that died, where one is gone on with: the same pages are due
  const auto look = [&](const PageGlance& page) {
    const std::size_t position = plan.find(page.url);
    if (position == Plan::kNone) return;
    agenda.pages[position] = page.id;
    agenda.todo[position] = todo_of(page, run, now, settings);
  };
  if (Status status = state.each_page(settings.rules, settings.program, look); !status) return status.error();
  for (const Todo todo : agenda.todo)
    ++(todo == Todo::visit     ? agenda.visits
       : todo == Todo::earlier ? agenda.earlier
       : todo == Todo::not_due ? agenda.not_due
                               : agenda.recleans);
  return agenda;
}

std::int64_t next_visit(const JobVisits& visits, std::int64_t now, std::int64_t changed_at) {
  if (!visits.adaptive || changed_at <= 0 || now < changed_at) return 0;
  const std::int64_t wait = std::clamp<std::int64_t>((now - changed_at) / JobVisits::kShare, visits.least.count(),
                                                     std::max(visits.least, visits.most).count());
  return wait > 0 ? now + wait : 0;
}

}  // namespace marrow
