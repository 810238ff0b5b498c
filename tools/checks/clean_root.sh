# To be sourced. A clean Debian in a folder of its own, as debootstrap makes it from where apt here has its packages; needs root.

# clean_root FOLDER: makes it anew. What debootstrap made is kept beside it for the next time.
clean_root() {
    local root=$1 mirror suite
    read -r mirror suite < <(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Origin: Debian' 'Created-By: Packages')
    local made=${root%/*}/debian-$suite.tar
    if [[ ! -f $made ]]; then
        rm -rf --one-file-system "$root"
        debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log"
        # With what else apt here takes from Debian: its updates.
        apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Origin: Debian' 'Created-By: Packages' | sort -u >"$root/etc/apt/sources.list"
        tar --directory "$root" --create --file "$made.new" .
        mv "$made.new" "$made"
    fi
    rm -rf --one-file-system "$root"
    mkdir -p "$root"
    tar --directory "$root" --extract --file "$made"
    cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
}

# in_root FOLDER COMMAND...: runs it there, with processes and /proc of its own, and nothing of this environment.
in_root() {
    local root=$1
    shift
    unshare --mount --pid --fork --mount-proc="$root/proc" chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
