#include <cstdio>

#include <entente/base/version.hpp>
#include <entente/study/ranks.hpp>

int main() {
    const auto ranks = entente::join_ranks();
    if (ranks->rank() == 0) std::printf("Entente %s, ranks: %d\n", entente::version().data(), ranks->size());
}
