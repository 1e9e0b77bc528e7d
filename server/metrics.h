// server/metrics.h - figures for /metrics, from whoever has some.
//
// A part that has figures adds a source once, at the start; the source writes lines in Prometheus' text format when asked.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace voice::server {

/// Appends to a page of figures. Each name is described once, before its first value.
class MetricsPage {
 public:
  /// `kind` is "counter" or "gauge"; `labels` is empty or like `method="GET",status="200"`, values escaped.
  void add(std::string_view name, std::string_view kind, std::string_view help, double value,
           std::string_view labels = {});
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::string last_name_;
};

using MetricsSource = std::function<void(MetricsPage&)>;

/// Filled before the server listens, only read after.
struct Metrics {
  std::vector<MetricsSource> sources;
  void add_source(MetricsSource source) { sources.push_back(std::move(source)); }
};

}  // namespace voice::server
