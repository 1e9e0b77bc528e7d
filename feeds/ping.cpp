#include "feeds/ping.h"

#include <algorithm>
#include <pugixml.hpp>

#include "base/text.h"
#include "feeds/xml_writer.h"

namespace voice::feeds {
namespace {

pugi::xml_node add_member(pugi::xml_node parent, const char* name, const char* type, std::string_view value) {
  auto member = parent.append_child("member");
  add_text(member, "name", name);
  add_text(member.append_child("value"), type, value);
  return member;
}

}  // namespace

Result<std::vector<std::string>> read_ping(std::string_view body) {
  pugi::xml_document document;
  if (!document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8))
    return Error{ErrorCode::malformed, "this is no XML-RPC"};
  const auto call = document.child("methodCall");
  const std::string method(trim(call.child_value("methodName")));
  if (method != "weblogUpdates.ping" && method != "weblogUpdates.extendedPing")
    return Error{ErrorCode::unsupported, "only weblogUpdates.ping is answered here"};
  std::vector<std::string> addresses;
  for (const auto param : call.child("params").children("param")) {
    const auto value = param.child("value");
    const auto typed = value.child("string");
    const auto text = trim(typed ? typed.child_value() : value.child_value());
    if (starts_with_ignoring_case(text, "http")) addresses.emplace_back(text);
  }
  if (addresses.empty()) return Error{ErrorCode::unsupported, "the ping names no address"};
  std::reverse(addresses.begin(), addresses.end());
  return addresses;
}

std::string write_ping_answer(bool failed, std::string_view message) {
  pugi::xml_document document;
  add_prolog(document, {});
  auto answer = document.append_child("methodResponse")
                    .append_child("params")
                    .append_child("param")
                    .append_child("value")
                    .append_child("struct");
  add_member(answer, "flerror", "boolean", failed ? "1" : "0");
  add_member(answer, "message", "string", message);
  return to_string(document);
}

}  // namespace voice::feeds
