#include "cli/units.h"

#include <fmt/format.h>

#include "base/text.h"

namespace marrow::cli {
namespace {

constexpr std::uint64_t kMinute = 60, kHour = 3600, kDay = 86400;

// As a POSIX shell reads it; in a crontab '%' ends the line unless it is escaped.
std::string cron_word(const std::string& word) {
  std::string out;
  bool plain = !word.empty();
  for (const char c : word) {
    plain &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("/._-+:@").find(c) != std::string_view::npos;
    if (c == '\'') out += "'\\''";
    else if (c == '%') out += "\\%";
    else out += c;
  }
  return plain ? word : "'" + out + "'";
}

// As systemd reads it: quoted, with its specifiers and variables left alone.
std::string unit_word(const std::string& word) {
  std::string out = "\"";
  for (const char c : word) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '%' || c == '$') out += c;
    out += c;
  }
  return out + '"';
}

std::string path_word(const std::string& path) {  // no variables in lists of paths
  std::string out = "\"";
  for (const char c : path) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '%') out += c;
    out += c;
  }
  return out + '"';
}

struct Start {
  std::uint64_t minute, hour;
};
Start start_of(const Schedule& s) {
  const std::uint64_t hash = hash64(s.job);
  return {hash % 60, hash / 60 % 24};
}

}  // namespace

std::optional<std::uint64_t> parse_every(const std::string& text) {
  if (text.size() < 2 || text.size() > 7) return std::nullopt;
  const std::string digits = text.substr(0, text.size() - 1);
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  constexpr std::string_view kUnits = "smhdw";
  constexpr std::uint64_t kSeconds[] = {1, kMinute, kHour, kDay, 7 * kDay};
  const std::size_t unit = kUnits.find(text.back());
  if (unit == std::string_view::npos) return std::nullopt;
  const std::uint64_t every = std::stoull(digits) * kSeconds[unit];
  if (every < kMinute || every > 365 * kDay) return std::nullopt;
  return every;
}

std::string unit_name(const std::string& job) {
  const std::size_t slash = job.rfind('/');
  std::string stem = slash == std::string::npos ? job : job.substr(slash + 1);
  if (stem.ends_with(".toml")) stem.resize(stem.size() - 5);
  std::string name = "marrow-";
  for (const char c : stem) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    name += fine ? c : '_';
  }
  return name.substr(0, 200);
}

std::string cron_times(const Schedule& s) {
  const Start at = start_of(s);
  const std::uint64_t minutes = s.every / kMinute, hours = s.every / kHour;
  if (s.every % kMinute) return {};
  if (minutes == 1) return "* * * * *";
  if (minutes < 60) return 60 % minutes ? "" : fmt::format("{}-59/{} * * * *", at.minute % minutes, minutes);
  if (s.every % kHour) return {};
  if (hours == 1) return fmt::format("{} * * * *", at.minute);
  if (hours < 24) return 24 % hours ? "" : fmt::format("{} {}-23/{} * * *", at.minute, at.hour % hours, hours);
  if (s.every == kDay) return fmt::format("{} {} * * *", at.minute, at.hour);
  if (s.every == 7 * kDay) return fmt::format("{} {} * * {}", at.minute, at.hour, hash64(s.job) / 1440 % 7);
  return {};
}

std::string crontab_line(const Schedule& s) {
  const std::string times = cron_times(s);
  return times.empty() ? times : times + "  " + cron_word(s.program) + " run " + cron_word(s.job) + " --quiet\n";
}

std::string service_unit(const Schedule& s) {
  std::string unit = fmt::format(
      "[Unit]\n"
      "Description=marrow job {}\n"
      "Documentation=man:marrow(1)\n"
      "Wants=network-online.target\n"
      "After=network-online.target\n"
      "\n"
      "[Service]\n"
      "Type=oneshot\n"
      "ExecStart={} run {} --quiet --no-progress\n"
      "# Some pages failed (each is in the journal); another run is still at work; it was stopped, and the next one goes on.\n"
      "SuccessExitStatus=1 3 130\n"
      "# Pages in flight are finished and written when it is stopped.\n"
      "TimeoutStopSec=90\n"
      "Nice=10\n"
      "MemoryMax={}M\n"
      "TasksMax=1024\n"
      "NoNewPrivileges=yes\n",
      s.name, unit_word(s.program), unit_word(s.job), s.memory_mb);
  if (!s.system) return unit;
  if (!s.user.empty()) unit += "User=" + s.user + "\n";
  unit +=
      "IOSchedulingClass=idle\n"
      "ProtectSystem=strict\n"
      "ProtectHome=read-only\n"
      "PrivateDevices=yes\n"
      "ProtectKernelTunables=yes\n"
      "ProtectKernelModules=yes\n"
      "ProtectKernelLogs=yes\n"
      "ProtectControlGroups=yes\n"
      "ProtectClock=yes\n"
      "ProtectHostname=yes\n"
      "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK\n"
      "RestrictNamespaces=yes\n"
      "RestrictRealtime=yes\n"
      "RestrictSUIDSGID=yes\n"
      "LockPersonality=yes\n"
      "MemoryDenyWriteExecute=yes\n"
      "SystemCallArchitectures=native\n"
      "SystemCallFilter=@system-service\n"
      "CapabilityBoundingSet=\n";
  for (const std::string& folder : s.writes) unit += "ReadWritePaths=" + path_word(folder) + "\n";
  return unit;
}

std::string timer_unit(const Schedule& s) {
  const Start at = start_of(s);
  const std::uint64_t minutes = s.every / kMinute, hours = s.every / kHour;
  std::string when;
  const bool by_clock = !cron_times(s).empty();
  if (by_clock && minutes < 60) when = fmt::format("OnCalendar=*:{:02}/{}\n", minutes == 1 ? 0 : at.minute % minutes, minutes);
  else if (by_clock && hours < 24) when = fmt::format("OnCalendar={:02}/{}:{:02}\n", at.hour % hours, hours, at.minute);
  else if (by_clock && s.every == kDay) when = fmt::format("OnCalendar={:02}:{:02}\n", at.hour, at.minute);
  else when = fmt::format("OnBootSec=5min\nOnUnitActiveSec={}s\n", s.every);
  return fmt::format(
      "[Unit]\n"
      "Description=runs the marrow job {}\n"
      "\n"
      "[Timer]\n"
      "{}"
      "RandomizedDelaySec={}\n"
      "{}"
      "\n"
      "[Install]\n"
      "WantedBy=timers.target\n",
      s.name, when, std::min<std::uint64_t>(s.every / 20, 300), when.starts_with("OnCalendar") ? "# A run that was missed, the machine being off, is made up for.\nPersistent=yes\n" : "");
}

}  // namespace marrow::cli
