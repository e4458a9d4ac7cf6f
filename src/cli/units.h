// What cron and systemd are told of a job, as text: a crontab line, a service and a timer. Pure but for nothing: takes plain
// values, gives bytes. Paths and words are quoted as each of them reads it.
// Source: crontab(5), systemd.service(5), systemd.exec(5), systemd.time(7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace marrow::cli {

struct Schedule {
  std::string program, job;             // absolute paths
  std::string name;                     // of the units: "marrow-news"
  std::uint64_t every = 0;              // seconds
  std::string user;                     // that runs it, "" = whoever owns the units
  std::uint64_t memory_mb = 2048;
  std::vector<std::string> writes;      // folders that it writes to
  bool system = true;                   // false: a unit of a user, which cannot be shut in as much
};

// "90s", "15m", "6h", "1d", "1w" -> seconds; nothing for anything else, or less than a minute.
std::optional<std::uint64_t> parse_every(const std::string& text);
// "marrow-news" for /etc/marrow/news.toml.
std::string unit_name(const std::string& job);
// Minute and hour are drawn from the job's name, so that many jobs do not begin at once. "" where cron knows no such period.
std::string cron_times(const Schedule& schedule);
std::string crontab_line(const Schedule& schedule);
std::string service_unit(const Schedule& schedule);
std::string timer_unit(const Schedule& schedule);

}  // namespace marrow::cli
