"""Draws docs/first-result.png, the README's figure, from the tables of a build:

    ./oort build models/bv23.ini --out bv23 && python3 docs/first_result.py bv23 docs/first-result.png
"""
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from astropy.table import Table

directory, picture = sys.argv[1:]
curve = Table.read(f"{directory}/rotation_curve.ecsv")
profiles = Table.read(f"{directory}/radial_profiles.ecsv")

# Okabe and Ito's colours, told apart by people with any colour vision; styles tell them apart in print.
colours = ["#D55E00", "#56B4E9", "#0072B2", "#009E73", "#E69F00", "#CC79A7", "#000000", "#999999"]
styles = ["-", "--", "-.", ":"]
names = list(dict.fromkeys(profiles["component"]))

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), constrained_layout=True)
left.plot(curve["R"], curve["vcirc"], color="black", lw=2.5, label="all together")
for i, name in enumerate(names):
    look = dict(color=colours[i % len(colours)], ls=styles[i % len(styles)], lw=1.6)
    own = profiles[profiles["component"] == name]
    # Where a disc's force points outwards, its circular speed is negative: it is left out.
    speed = np.where(curve[f"vcirc_{name}"] > 0, curve[f"vcirc_{name}"], np.nan)
    left.plot(curve["R"], speed, **look)
    right.plot(own["R"], own["rho"], label=name, **look)

left.set(xscale="log", xlim=(0.1, 100), ylim=(0, 270), xlabel="R [kpc]", ylabel="circular speed [km/s]")
right.set(xscale="log", yscale="log", xlim=(0.125, 40), ylim=(1e-5, 30), xlabel="R [kpc]",
          ylabel="density in the plane [M$_\\odot$ pc$^{-3}$]")
for axes in left, right:
    axes.tick_params(which="both", direction="in", top=True, right=True)
    axes.xaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda x, _: f"{x:g}"))
handles = [a.get_legend_handles_labels() for a in (left, right)]
right.legend(handles[0][0] + handles[1][0], handles[0][1] + handles[1][1], loc="center left", bbox_to_anchor=(1.02, 0.5), frameon=False)
figure.savefig(picture, dpi=110)
