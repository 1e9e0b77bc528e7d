// fetcher/push_signature.h - who really sent a push (WebSub, section 7.1).
#pragma once
#include <string>
#include <string_view>

namespace voice::fetcher {

/// True when `header` ("sha256=<hex>", also sha1 and sha512) signs `body` with `secret`. False for anything else.
bool is_signed(std::string_view header, std::string_view secret, std::string_view body);

/// "sha256=<hex>"
std::string signature_of(std::string_view secret, std::string_view body);

}  // namespace voice::fetcher
