// views/desk_claim.h - for whoever writes a blog that was listed here before they came: say which, prove it, get the link.
#pragma once
#include <string>
#include <vector>

#include "store/applications.h"
#include "views/desk_join.h"
#include "views/desk_page.h"
#include "views/letters.h"

namespace voice::views {

struct ClaimForm {
  std::string form_token;
  std::string address, email;  ///< as typed
  std::vector<Problem> problems;
};
DeskPage claim_page(const ClaimForm& form);
/// How to prove it; once it is proved, where the letter went. `tried`: somebody looked just now and found nothing.
DeskPage claim_proof_page(const store::Application& claim, const ProofWays& ways, bool tried);
LetterWords claim_letter(const store::Application& claim, const std::string& link, const std::string& life);

}  // namespace voice::views
