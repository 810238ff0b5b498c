/// The border at which text goes out: whatever comes by std::cout or std::cerr, file names and arguments among it, is made harmless, but for our
/// own bold and dim where there is colour.
#pragma once

#include <iosfwd>
#include <streambuf>
#include <string>

namespace entente {

/// Stands before a stream's own buffer as long as it lives.
class HarmlessOutput : public std::streambuf {
public:
    HarmlessOutput(std::ostream& stream, bool has_colour);
    ~HarmlessOutput() override;
    HarmlessOutput(const HarmlessOutput&) = delete;
    HarmlessOutput& operator=(const HarmlessOutput&) = delete;

    /// Whether anything was written to the stream.
    [[nodiscard]] bool was_used() const { return was_used_; }

protected:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int sync() override;

private:
    /// The first `size` bytes of what waits; false when they could not be written.
    bool pass_on(std::size_t size);

    std::ostream& stream_;
    std::streambuf* behind_;
    std::string waiting_;
    bool has_colour_;
    bool was_used_ = false;
};

}  // namespace entente
