# Finds a Java runtime that is new enough, without starting one, and says with which options the device runs on it.
# For sh, to be sourced.

sonde_java_needed=25

# The options of the device's JVM: a device with 512 MB. What runs out of memory is in an unknown state: end, and say
# where it was. Compact headers: what a device allocates most are small records (an event of two numbers and its envelope
# take 64 bytes instead of 80); JDK 25 has them, and a class archive for them.
sonde_device_options="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms8m -Xmx128m -Xss512k -XX:ReservedCodeCacheSize=48m
  -XX:MaxMetaspaceSize=128m -XX:+CrashOnOutOfMemoryError -XX:-CreateCoredumpOnCrash -Xshare:auto
  --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true"

# sonde_java_version DIR: prints the feature version of the runtime in DIR, or nothing
sonde_java_version() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release"
}

# sonde_find_java [PROGRAM]: sets sonde_java_home to the first runtime that will do and has
# bin/PROGRAM (default: java); fails if there is none
sonde_find_java() {
  sonde_java_old=
  sonde_on_path=$(command -v java 2>/dev/null) && sonde_on_path=$(readlink -f "$sonde_on_path") || sonde_on_path=
  for sonde_java_home in "${SONDE_JAVA_HOME:-}" "${JAVA_HOME:-}" "${sonde_on_path%/bin/java}" \
    ${SONDE_JAVA_PLACES-/usr/lib/jvm/* /opt/* "${HOME:-/}"/.sdkman/candidates/java/*}; do
    [ -n "$sonde_java_home" ] && [ -x "$sonde_java_home/bin/${1:-java}" ] || continue
    sonde_java_found=$(sonde_java_version "$sonde_java_home")
    [ "${sonde_java_found:-0}" -ge "$sonde_java_needed" ] && return 0
    sonde_java_old="${sonde_java_old:-"; Java ${sonde_java_found:-of an unknown version} in $sonde_java_home will not do"}"
  done
  return 1
}

sonde_no_java() {
  cat >&2 <<END
sonde: needs a JDK $sonde_java_needed or newer, and found none$sonde_java_old. Install one:
  Debian 13, Raspberry Pi OS (64 bit):
    sudo apt install openjdk-25-jdk-headless
  Other Debian and Ubuntu, with Temurin:
    sudo apt install wget gpg
    wget -qO- https://packages.adoptium.net/artifactory/api/gpg/key/public |
      sudo gpg --dearmor -o /usr/share/keyrings/adoptium.gpg
    echo "deb [signed-by=/usr/share/keyrings/adoptium.gpg] https://packages.adoptium.net/artifactory/deb \$(. /etc/os-release; echo \$VERSION_CODENAME) main" |
      sudo tee /etc/apt/sources.list.d/adoptium.list
    sudo apt update && sudo apt install temurin-25-jdk
One that lies elsewhere is found through SONDE_JAVA_HOME.
END
  exit 2
}
