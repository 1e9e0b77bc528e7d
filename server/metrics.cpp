#include "server/metrics.h"

#include <fmt/format.h>

namespace voice::server {

void MetricsPage::add(std::string_view name, std::string_view kind, std::string_view help, double value,
                      std::string_view labels) {
  if (name != last_name_) {
    text_ += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, kind);
    last_name_ = name;
  }
  text_ += labels.empty() ? fmt::format("{} {}\n", name, value) : fmt::format("{}{{{}}} {}\n", name, labels, value);
}

}  // namespace voice::server
