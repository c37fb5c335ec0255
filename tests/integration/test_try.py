def test_try(orders, stand_in):
    p = orders.opus("plan")
    print(p)
    print(orders.opus("push","--live","--no-promote"))
    print(list(stand_in.items(9001).values())[:3])
    from integration.support.orders import ORDERS
    print(ORDERS.staged(orders)[:3])
    print(orders.fingerprint())
    assert 0
