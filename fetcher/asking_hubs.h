// fetcher/asking_hubs.h - what asking WebSub hubs and rssCloud servers has in common.
#pragma once
#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "config/settings.h"

namespace voice::fetcher {

/// When to ask again after so many failures in a row: an hour, doubling, a week at most.
std::chrono::seconds wait_after_failures(std::int64_t failures);

/// "name=value&name=value", the values encoded.
std::string form_of(std::initializer_list<std::pair<const char*, std::string>> fields);

/// True for a name on the public internet; false for addresses, localhost, names without a dot.
bool is_public_name(std::string_view host);

/// Whether the server at `address` can reach us: one on the internet cannot reach http://127.0.0.1:8080, one on the same
/// machine can.
bool can_be_called_by(const config::Settings& settings, std::string_view address);

}  // namespace voice::fetcher
