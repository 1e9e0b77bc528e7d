// app/priority.h - who waits when there is more to do than processors.
#pragma once
#include <sys/resource.h>

namespace voice::app {

/// Lets the other threads and programs of this machine go first: polling and indexing can wait, a reader not. Linux keeps
/// this for each thread, so it is said by the thread itself; those that it starts inherit it.
inline void let_others_go_first() {
  constexpr int kNice = 10;
  ::setpriority(PRIO_PROCESS, 0, kNice);
}

}  // namespace voice::app
