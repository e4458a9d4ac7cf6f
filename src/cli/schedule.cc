// marrow schedule: a job in a crontab, or as a service and a timer of systemd.

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>

#include "batch/hook.h"
#include "batch/job.h"
#include "cli/job_state.h"
#include "cli/output.h"
#include "cli/units.h"
#include "cli/verbs.h"
#include "sink/file.h"

namespace marrow::cli {
namespace {

namespace fs = std::filesystem;

std::string absolute(const std::string& path) {
  std::error_code failed;
  const fs::path full = fs::absolute(path, failed).lexically_normal();
  return failed ? path : full.string();
}

std::string owner_of(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return {};
  const passwd* user = ::getpwuid(info.st_uid);
  return user ? user->pw_name : std::string();
}

class ScheduleVerb final : public Verb {
 public:
  VerbText text() const override {
    return {"schedule",
            "Print a crontab line and systemd units for a job, or put the units in place",
            "The service is shut in: it may write to the job's own folders only, gets no new privileges and so much memory. Its log "
            "goes to the journal. With --install the units are written and the timer is started: as root for the system, where the "
            "job runs as the owner of JOB; else for the user.",
            {{"marrow schedule news.toml --every 6h", "see what would be done"},
             {"marrow schedule news.toml --every 6h | grep -m1 run | crontab -", "have cron do it (and nothing else)"},
             {"sudo marrow schedule /etc/marrow/news.toml --every 1d --install", "have systemd do it"}}};
  }
  void options(Options& o) override {
    o.operand("JOB", job_, true, "The job file.");
    o.text("--every", "TIME", every_, "Time between two runs: 15m, 6h, 1d, 1w.");
    o.number("--memory", "MB", memory_, {64, 1048576}, "What a run may take, all its processes together.");
    o.flag("--install", install_, "Write the units, and enable and start the timer.");
    o.text("--dir", "DIR", dir_, "Write the units there, and start nothing.");
  }

  int run(Context& context) override {
    const auto every = parse_every(every_);
    if (!every) return cannot(context, {ErrorKind::stop_run, "--every: '" + every_ + "' is not a time from 1m to 365d, such as 15m, 6h or 1d"});
    const auto job = read_job(job_);
    if (!job) return cannot(context, job.error());
    const Schedule schedule = plan(*job, *every);
    if (install_ || !dir_.empty()) return install(context, *job, schedule);
    const std::string line = crontab_line(schedule);
    return write_out(context.terminal, "# crontab -e\n" + (line.empty() ? "# (cron knows no such period; systemd does)\n" : line) +
                                           "\n# " + units_dir(schedule) + "/" + schedule.name + ".service\n" + service_unit(schedule) +
                                           "\n# " + units_dir(schedule) + "/" + schedule.name + ".timer\n" + timer_unit(schedule));
  }

 private:
  Schedule plan(const Job& job, std::uint64_t every) const {
    Schedule s;
    s.program = absolute(program_path());
    s.job = absolute(job_);
    s.name = unit_name(s.job);
    s.every = every;
    s.memory_mb = memory_;
    s.system = ::geteuid() == 0;
    s.user = s.system ? owner_of(job_) : std::string();
    if (s.user == "root") s.user.clear();
    std::set<std::string> folders;
    for (const std::string& folder : folders_of(job)) folders.insert(absolute(folder));
    s.writes.assign(folders.begin(), folders.end());
    return s;
  }

  static std::vector<std::string> folders_of(const Job& job) {
    std::vector<std::string> folders{job.output.dir, folder_of(job.state), folder_of(job.output.report)};
    if (!job.warc.empty()) folders.push_back(job.warc);
    if (!job.metrics.empty()) folders.push_back(folder_of(job.metrics));
    return folders;
  }

  static std::string program_path() {
    std::error_code failed;
    const fs::path self = fs::read_symlink("/proc/self/exe", failed);
    return failed ? "/usr/bin/marrow" : self.string();
  }

  std::string units_dir(const Schedule& schedule) const {
    if (!dir_.empty()) return dir_;
    if (schedule.system) return "/etc/systemd/system";
    const char* config = std::getenv("XDG_CONFIG_HOME");
    const char* home = std::getenv("HOME");
    return (config && *config ? std::string(config) : std::string(home ? home : "") + "/.config") + "/systemd/user";
  }

  // The folders must be there: a unit that may write nowhere else cannot make them.
  static Status make_folder(const std::string& folder, const std::string& user) {
    std::error_code failed;
    const bool made = fs::create_directories(folder, failed);
    if (failed) return Error{ErrorKind::stop_run, folder + ": cannot make the folder: " + failed.message()};
    const passwd* owner = made && !user.empty() ? ::getpwnam(user.c_str()) : nullptr;
    if (owner && ::chown(folder.c_str(), owner->pw_uid, owner->pw_gid) != 0)
      return Error{ErrorKind::stop_run, folder + ": cannot give it to " + user + ": " + std::strerror(errno)};
    return Ok{};
  }

  static Status write_file(const std::string& path, const std::string& bytes) {
    auto file = OutputFile::create(path);
    if (!file) return file.error();
    if (Status status = file->write(bytes); !status) return status;
    return file->commit();
  }

  int install(Context& context, const Job& job, const Schedule& schedule) const {
    const std::string dir = units_dir(schedule);
    if (Status made = make_folder(dir, {}); !made) return cannot(context, made.error());
    if (dir_.empty())
      for (const std::string& folder : folders_of(job))
        if (Status made = make_folder(absolute(folder), schedule.user); !made) return cannot(context, made.error());
    const std::string base = dir + "/" + schedule.name;
    if (Status written = write_file(base + ".service", service_unit(schedule)); !written) return cannot(context, written.error());
    if (Status written = write_file(base + ".timer", timer_unit(schedule)); !written) return cannot(context, written.error());
    std::string said = base + ".service and .timer are written\n";
    if (!dir_.empty()) return write_out(context.terminal, said);
    std::vector<std::string> control{"systemctl"};
    if (!schedule.system) control.emplace_back("--user");
    for (const std::vector<std::string>& words : {std::vector<std::string>{"daemon-reload"}, {"enable", "--now"}}) {
      Hook command;
      command.command = control;
      command.command.insert(command.command.end(), words.begin(), words.end());
      command.argument = words.front() == "enable" ? schedule.name + ".timer" : "--quiet";
      if (Status done = run_hook(command); !done) return cannot(context, done.error());
    }
    return write_out(context.terminal, said + schedule.name + ".timer is started: systemctl list-timers " + schedule.name + ".timer\n");
  }

  std::string job_, every_ = "6h", dir_;
  std::uint64_t memory_ = 2048;
  bool install_ = false;
};

}  // namespace

std::unique_ptr<Verb> schedule_verb() { return std::make_unique<ScheduleVerb>(); }

}  // namespace marrow::cli
