// server/editor_undo.h - taking back one's last act, where it has an opposite and nobody has acted on the same thing since.
#pragma once
#include <optional>

#include "server/router.h"
#include "store/audit.h"

namespace voice::server {

/// The newest line of this editor in the log, if it can be taken back. What was written to people cannot.
std::optional<store::AuditLine> last_undoable(store::Reader& db, const Viewer& editor);

void add_editor_undo_routes(Router& router);

}  // namespace voice::server
