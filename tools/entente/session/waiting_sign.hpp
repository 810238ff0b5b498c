/// A sign of life while something takes long that can't say how far it is.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace entente {

/// While it lives, and from the third second on, stderr shows what is being done and for how long, where it is a terminal.
class WaitingSign {
public:
    /// `what`: `loading and compiling`.
    explicit WaitingSign(std::string what, bool wanted = true);
    ~WaitingSign();
    WaitingSign(const WaitingSign&) = delete;
    WaitingSign& operator=(const WaitingSign&) = delete;

private:
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::thread thread_;
};

}  // namespace entente
