#include "app/demo_command.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <iostream>
#include <spawn.h>
#include <stdexcept>
#include <unistd.h>

#include "app/demo_blogs.h"
#include "app/hub.h"
#include "base/clock.h"
#include "base/url.h"
#include "store/feed_state.h"

extern char** environ;

namespace voice::app {
namespace {
namespace fs = std::filesystem;

// A folder for the demo's database and letters, gone when the demo ends.
class DemoFolder {
 public:
  DemoFolder() : path_((fs::temp_directory_path() / "voice-demo-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder can be made for the demo");
  }
  ~DemoFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

config::Settings demo_settings(const DemoOptions& options, const DemoFolder& folder, int blogs_port) {
  config::Settings settings;
  settings.site.title = "LocalGov Digital Voice (demo)";
  settings.site.base_url = "http://" + options.listen;
  settings.server.listen = options.listen;
  settings.store.database = options.database.empty() ? folder.file("voice.db") : options.database;
  settings.store.members.clear();
  settings.fetch.allow_private_networks = {"127.0.0.0/8"};
  settings.fetch.allow_ports = {std::to_string(blogs_port)};
  // Quick enough to see the broken blog recover while one looks.
  settings.fetch.first_interval = settings.fetch.min_interval = std::chrono::seconds{10};
  settings.fetch.max_interval = std::chrono::seconds{20};
  settings.mail.folder = folder.file("letters");
  settings.push.subscribe = false;
  return settings;
}

// A demo that is shown again serves its blogs where its database knows them: they would be other blogs otherwise. Any port
// for a new one. Errors: conflict (a hub that is no demo, whose readers would find sample blogs in their river).
Result<int> port_of_samples(const std::string& path) {
  if (path.empty() || !fs::exists(path)) return 0;
  store::Database database(path);
  const auto reader = database.reader();
  for (const auto& feed : store::all_feeds(*reader))
    if (const auto url = parse_url(feed.url); url && url->port && url->host.starts_with("127.0.1.")) return *url->port;
  if (store::count_feeds(*reader) == 0) return 0;
  return Error{ErrorCode::conflict, path + " is the database of a hub that is no demo; name a new file"};
}

void join(store::Database& database, const std::vector<store::NewBlog>& blogs) {
  const auto now = SystemClock().now();
  database.write([&](store::Writer& db) {
    for (const auto& blog : blogs) {
      // A database that is shown again has them already, under the addresses of another run.
      if (const auto added = store::add_blog(db, blog, now); !added && added.error().code != ErrorCode::conflict)
        throw std::logic_error("a sample blog cannot join: " + added.error().what);
    }
  });
}

// Shows the river to somebody at a desk; does nothing where there is none.
void open_browser(const std::string& address) {
  const bool desktop = std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
  if (!desktop || isatty(STDOUT_FILENO) == 0) return;
  std::string program = "xdg-open", target = address;
  char* arguments[] = {program.data(), target.data(), nullptr};
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t pid = 0;
  posix_spawnp(&pid, program.c_str(), &quiet, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&quiet);
}

}  // namespace

int demo_command(const DemoOptions& options) {
  const auto port = port_of_samples(options.database);
  if (!port) return fail_with(port.error(), 1);
  const DemoFolder folder;
  fs::create_directory(folder.file("letters"));
  StandardLog log;
  SystemClock clock;
  LoopbackOrigin origin(*port);
  const auto blogs = add_demo_blogs(origin, clock);
  HubPlan plan{.settings = demo_settings(options, folder, origin.port()), .views_folder = options.views};
  plan.prepare = [&](store::Database& database) { join(database, blogs); };
  plan.besides.emplace_back("sample blogs", [&](std::stop_token stop) { origin.run(std::move(stop)); });
  plan.ready = [&](const std::string& address) {
    std::cout << "The river of the demo is at " << address << "/ (Ctrl-C ends it).\n"
              << "Letters are written to " << plan.settings.mail.folder << "\n"
              << std::flush;
    if (!options.no_browser) open_browser(address + "/");
  };
  return run_hub(plan, log);
}

}  // namespace voice::app
