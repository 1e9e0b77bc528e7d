// server/looks.h - requests that wait for a stranger's server: counted, so that readers never wait behind them.
#pragma once
#include <algorithm>
#include <atomic>
#include <utility>

namespace voice::server {

class Looks {
 public:
  /// Half of the workers at most: the others go on answering readers.
  explicit Looks(int workers) : most_(std::max(1, workers / 2)) {}

  /// A place among those under way, given back when it goes out of scope.
  class Place {
   public:
    Place() = default;
    explicit Place(Looks& looks) : looks_(&looks) {}
    Place(Place&& other) noexcept : looks_(std::exchange(other.looks_, nullptr)) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(looks_, other.looks_);
      return *this;
    }
    ~Place() {
      if (looks_ != nullptr) --looks_->under_way_;
    }
    /// False: there was none left.
    explicit operator bool() const { return looks_ != nullptr; }

   private:
    Looks* looks_ = nullptr;
  };

  Place begin() {
    if (++under_way_ <= most_) return Place(*this);
    --under_way_;
    return {};
  }

 private:
  const int most_;
  std::atomic<int> under_way_{0};
};

}  // namespace voice::server
