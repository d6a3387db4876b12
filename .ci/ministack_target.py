"""ministack with a gap closed: the names that it gives to load balancers and target groups end as those of AWS do.

usage: ministack_target.py   (with the Python of the ministack environment, and its settings)
"""
import secrets

from ministack.app import main
from ministack.services import alb

alb._short_id = lambda: secrets.token_hex(8)
main()
