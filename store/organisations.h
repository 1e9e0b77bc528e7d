// store/organisations.h - councils and other bodies, and which blog was with which, when.
//
// The 382 principal authorities come with the program (config/councils.csv), and those that ended since 2009 with what took
// their place. Other bodies appear when a member names one. A blog says its organisation in its owner's words;
// link_organisations() finds the body that is meant.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/blogs.h"
#include "store/db.h"

namespace voice::store {

struct Organisation {
  OrganisationId id;
  std::string slug;
  std::string code;  ///< three letters; empty for bodies that are no council and for councils that ended in 2009
  std::string name;
  std::string
      kind;  ///< "county", "district", "unitary", "metropolitan", "london", "scotland", "wales", "northern-ireland", "body"
  std::string nation;                   ///< "England", "Scotland", "Wales", "Northern Ireland" or empty
  std::string started_on;               ///< "2019-04-01", where that is a date of our list
  std::string ended_on;                 ///< empty: it exists
  std::vector<std::string> successors;  ///< codes
  std::int64_t post_count = 0;
  std::int64_t blog_count = 0;
  bool is_council() const { return kind != "body"; }
};

struct Affiliation {
  std::int64_t id = 0;
  BlogId blog;
  OrganisationId organisation;
  std::string role;
  std::string said;  ///< the blog's own words that it was made from; empty: an editor's doing, which stays
  std::optional<sys_seconds> since;
  std::optional<sys_seconds> until;
};

/// Adds the councils that are not there yet from CSV text: code,name,kind,nation,started,ended,successors,aliases (the last two
/// hold several, parted by a space and by |). Returns how many.
int import_councils(Writer& db, std::string_view csv);
/// The list in the binary (config/councils.csv as it was built).
std::string_view built_in_councils();
/// Blogs that say another organisation than the one they are affiliated to, or that have none yet.
struct BlogToLink {
  BlogId blog;
  std::string organisation;      ///< empty: they are with nobody now
  std::int64_t affiliation = 0;  ///< the present one; 0: none
  OrganisationId was;
};
std::vector<BlogToLink> blogs_to_link(Reader& db);
/// Gives each of them the body it means, made if need be: from the beginning where it is their first, from `now` where they
/// moved. Returns how many.
int link_organisations(Writer& db, sys_seconds now);
/// The council or body that is meant by a name as people write it, also by a Welsh or short one.
OrganisationId find_organisation_named(Reader& db, std::string_view name);
/// The same, made if need be. The name must not be empty.
OrganisationId organisation_named(Writer& db, std::string_view name);
/// From now on this name means that body too.
void add_alias(Writer& db, OrganisationId organisation, std::string_view name);
/// The blog moved on: whatever it was affiliated to ends at `when` and, unless `name` is empty, the body of that name begins.
void change_affiliation(Writer& db, BlogId blog, std::string_view name, sys_seconds when);
/// Adds a dated affiliation and queues the blog's posts for indexing.
void add_affiliation(Writer& db, const Affiliation& affiliation);
void remove_affiliation(Writer& db, std::int64_t affiliation);

std::optional<Organisation> find_organisation(Reader& db, std::string_view slug);
std::optional<Organisation> find_organisation_by_code(Reader& db, std::string_view code);
std::vector<Organisation> organisations_with_blogs(Reader& db);  ///< by name
std::vector<Organisation> all_councils(Reader& db);              ///< by name, past ones too
std::vector<Organisation> predecessors_of(Reader& db, std::string_view code);
/// Where a council's address leads once it has merged: its only successor that exists, or nothing (it exists; it was split).
std::optional<Organisation> successor_of(Reader& db, const Organisation& council);

/// What the list of organisations is narrowed by; empty: by nothing.
struct OrganisationFilter {
  std::string nation;
  std::string kind;
  bool with_blogs_only = false;
  bool councils_only = false;
};
std::vector<Organisation> organisations(Reader& db, const OrganisationFilter& filter);  ///< existing ones, by name

/// The bodies a blog's post of that day belongs to, by the blog's affiliations then; one that had merged by that day stands
/// for its successor. Puts the post with them; part of indexing.
std::vector<OrganisationId> put_organisations(Writer& db, EntryId entry, BlogId blog, sys_seconds river_at);

struct AffiliatedBlog {
  Blog blog;
  Affiliation affiliation;
};
std::vector<AffiliatedBlog> blogs_of(Reader& db, OrganisationId organisation);  ///< present ones first
struct BlogAffiliation {
  Organisation organisation;
  Affiliation affiliation;
};
std::vector<BlogAffiliation> affiliations_of(Reader& db, BlogId blog);  ///< newest first
/// The body that the blog's posts of today are filed under; for a council that has merged, its successor.
std::optional<Organisation> current_organisation(Reader& db, BlogId blog);

/// A council's name without what councils are called: "London Borough of Hackney" and "Hackney Council" are "hackney".
std::string organisation_key(std::string_view name);

}  // namespace voice::store
