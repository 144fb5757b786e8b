"""Random stars in ICRS, Galactic and Galactocentric coordinates by astropy, as CSV on standard output.

    python3 astropy_frames.py NUMBER SEED > ../Data/astropy_frames.csv
"""
import sys

import astropy
import astropy.units as u
import numpy as np
from astropy.coordinates import CartesianDifferential, Galactic, Galactocentric, ICRS, galactocentric_frame_defaults

number, seed = int(sys.argv[1]), int(sys.argv[2])
random = np.random.default_rng(seed)
ra = random.uniform(0, 360, number)
dec = np.degrees(np.arcsin(random.uniform(-1, 1, number)))
distance = 10 ** random.uniform(-2, 1.5, number)
pmra, pmdec = random.normal(0, 1, (2, number)) * 40 / distance
vlos = random.normal(0, 150, number)
stars = ICRS(ra=ra * u.deg, dec=dec * u.deg, distance=distance * u.kpc, pm_ra_cosdec=pmra * u.mas / u.yr,
             pm_dec=pmdec * u.mas / u.yr, radial_velocity=vlos * u.km / u.s)

# The Sun differs from star to star, so that no parameter can be taken for another.
suns = [(8.27, 0.0208, 11.1, 250.0, 7.47), (8.122, 0.0, 12.9, 245.6, 7.78), (8.0, -0.3, -9.0, 220.0, 0.0)]
galactic = stars.transform_to(Galactic())
print("# ICRS (degrees, kpc, mas/yr, km/s) to Galactic (degrees) and to Galactocentric, definition v4.0 (kpc, km/s),")
print(f"# for a Sun at R0, zsun (kpc) moving with U, V, W (km/s); astropy {astropy.__version__}; tests/Oort.Tests/Coordinates/astropy_frames.py {number} {seed}")
print("ra,dec,distance,pmra,pmdec,vlos,R0,zsun,U,V,W,l,b,x,y,z,vx,vy,vz")
with galactocentric_frame_defaults.set("v4.0"):
    for s, (R0, zsun, U, V, W) in enumerate(suns):
        frame = Galactocentric(galcen_distance=R0 * u.kpc, z_sun=zsun * u.kpc, galcen_v_sun=CartesianDifferential([U, V, W] * u.km / u.s))
        g = stars[s::3].transform_to(frame)
        columns = [ra[s::3], dec[s::3], distance[s::3], pmra[s::3], pmdec[s::3], vlos[s::3]]
        columns += [np.full(len(ra[s::3]), value) for value in (R0, zsun, U, V, W)]
        columns += [galactic.l.deg[s::3], galactic.b.deg[s::3], g.x.to_value(u.kpc), g.y.to_value(u.kpc), g.z.to_value(u.kpc)]
        columns += [v.to_value(u.km / u.s) for v in (g.v_x, g.v_y, g.v_z)]
        for row in zip(*columns):
            print(",".join(repr(float(value)) for value in row))
