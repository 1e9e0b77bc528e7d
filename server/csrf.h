// server/csrf.h - the token that shows a form came from one of our pages, in this browser, today.
//
// "<time>.<random>.<HMAC-SHA256>", keyed with the browser's own cookies: another site can neither read nor make one, and
// nothing has to be stored until a form comes back. Signing in or out changes the cookies, and with them every token.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"

namespace voice::server {

constexpr std::chrono::hours kFormTokenLife{24};

enum class FormToken { good, missing, wrong, expired };

/// `nonce` is unguessable and new for each page.
std::string make_form_token(std::string_view key, std::string_view nonce, sys_seconds now);
FormToken check_form_token(std::string_view key, std::string_view token, sys_seconds now);

}  // namespace voice::server
