#include <cstdio>

#include <entente/base/version.hpp>

int main() {
    std::printf("Entente %s\n", entente::version().data());
}
