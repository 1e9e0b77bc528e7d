// server/joining.h - the steps of an application that more than one page takes: sending, proving, deciding. Each is one
// transaction with its letter and its line in the log.
#pragma once
#include <string>

#include "base/result.h"
#include "server/site.h"
#include "server/viewer.h"
#include "store/applications.h"
#include "views/desk_join.h"

namespace voice::server {

/// Errors: conflict, worded for the blogger.
Result<Done> send_application(store::Database& db, const Site& site, const store::Application& draft);

/// Looks for the proof now. Where the settings let proved blogs in, a waiting application is accepted at once.
bool prove_application(store::Database& db, const Site& site, const store::Application& application);

/// An editor's decision. Errors: conflict when it was decided before or the feed has joined meanwhile.
Result<Done> decide(store::Database& db, const Site& site, const Viewer& editor, ApplicationId application,
                    store::ApplicationState to, const std::string& reason);

/// A word for a blog's owner to put on it: unguessable, and not found on any page by chance.
std::string new_proof_word(const Site& site);

/// A one-time address, for a letter with news, that opens the blog's page for its blogger.
std::string my_blog_link(store::Writer& db, const Site& site, const store::Application& application);

views::ProofWays proof_ways(const Site& site, const store::Application& application, const std::string& action,
                            const std::string& form_token);

}  // namespace voice::server
